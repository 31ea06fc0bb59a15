"""Who is signed in, and which accounts hold which roles."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, bindparam, select

from engine.actor import Actor, Membership
from engine.masar import Masar
from engine.store.absences import absence, stood_in_for
from engine.store.accounts import account, membership, session
from engine.store.metadata import Moment, Rows
from engine.store.units import ancestors, unit
from engine.text import Text


@dataclass(frozen=True)
class SignedIn:
    """A living sign-in: the person, their language, and the secret that their forms must carry."""

    actor: Actor
    locale: str
    csrf: str
    seen_at: datetime


@dataclass(frozen=True)
class AccountRow:
    """One account as lists show it."""

    id: int
    login: str
    name: Text
    active: bool
    memberships: tuple[tuple[str, str], ...] = ()
    """(role, unit code) pairs"""


def hash_of(token: str) -> bytes:
    """What the database knows of a session token. It carries 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).digest()


def actor_of_session(masar: Masar, token: str) -> SignedIn | None:
    """The person behind a session token, with the rights of this very moment, in one statement. None when the
    session is unknown, over or idle for too long, or when its account was deactivated."""
    with masar.db.read() as conn:
        now = masar.clock()
        rows = conn.execute(_SESSION, {"token_hash": hash_of(token), "now": now}).all()
    if not rows:
        return None
    first = rows[0]
    idle_since = now - timedelta(minutes=masar.settings.idle_minutes)
    if not first.active or now >= first.expires_at or first.seen_at <= idle_since:
        return None
    return SignedIn(actor_in(rows), first.locale, first.csrf, first.seen_at)


def actor_in(rows: Rows) -> Actor:
    """The person in rows of `with_rights`, one for each membership and absence."""
    first: Any = rows[0]
    held = dict.fromkeys(Membership(row.role, row.unit_id, row.path) for row in rows if row.role is not None)
    away = frozenset(row.away_id for row in rows if row.away_id is not None)
    return Actor(first.id, first.login, Text(first.name_ar, first.name_en), tuple(held), away)


def with_rights(proof: Table) -> Select[Any]:
    """Every column of a proof of who somebody is (a session, a token), with the account and its rights at the moment
    `now`; without the conditions of the proof."""
    own = [column for column in proof.c if column.name != "id"]
    return (
        select(
            *own, account.c.id, account.c.login, account.c.name_ar, account.c.name_en, account.c.locale,
            account.c.active, membership.c.role, membership.c.unit_id, unit.c.path,
            absence.c.account_id.label("away_id"),
        )
        .join_from(proof, account, account.c.id == proof.c.account_id)
        .outerjoin(membership, membership.c.account_id == account.c.id)
        .outerjoin(unit, unit.c.id == membership.c.unit_id)
        .outerjoin(
            absence,
            (absence.c.deputy_id == account.c.id)
            & (absence.c.until_at > bindparam("now", type_=Moment()))
            & (absence.c.from_at <= bindparam("now", type_=Moment())),
        )
    )


def actor_named(conn: Connection, login: str) -> Actor | None:
    """An active account with its memberships, by login; None when there is none."""
    return _actor(conn, (account.c.login == login.strip().lower()) & account.c.active)


def actor_by_id(conn: Connection, account_id: int | None) -> Actor | None:
    """An account with its memberships, by id, whether or not it is still active; None when there is none."""
    return None if account_id is None else _actor(conn, account.c.id == account_id)


def with_deputising(conn: Connection, actor: Actor, now: datetime) -> Actor:
    """The same person, knowing for whom they stand in at a moment."""
    return replace(actor, stands_in_for=stood_in_for(conn, actor.id, now))


def accounts_with_role(conn: Connection, roles: frozenset[str], unit_path: str) -> tuple[AccountRow, ...]:
    """Active accounts that hold one of the roles over a unit: in it or in a unit above it."""
    query = (
        select(account.c.id, account.c.login, account.c.name_ar, account.c.name_en, account.c.active)
        .join(membership, membership.c.account_id == account.c.id)
        .where(account.c.active, membership.c.role.in_(roles), membership.c.unit_id.in_(ancestors(unit_path)))
        .distinct()
        .order_by(account.c.login)
    )
    return tuple(_account_row(row) for row in conn.execute(query).mappings())


def all_accounts(masar: Masar) -> tuple[AccountRow, ...]:
    """Every account with its memberships, for the command line."""
    with masar.db.read() as conn:
        accounts = conn.execute(select(account).order_by(account.c.login)).mappings().all()
        held: dict[int, list[tuple[str, str]]] = {}
        pairs = select(membership.c.account_id, membership.c.role, unit.c.code).join(
            unit, unit.c.id == membership.c.unit_id
        )
        for row in conn.execute(pairs.order_by(membership.c.role, unit.c.code)):
            held.setdefault(row.account_id, []).append((row.role, row.code))
    return tuple(_account_row(row, tuple(held.get(row["id"], ()))) for row in accounts)


_SESSION = with_rights(session).where(session.c.token_hash == bindparam("token_hash"))
"""Every request asks it, so it is put together once."""


def _actor(conn: Connection, which: ColumnElement[bool]) -> Actor | None:
    query = (
        select(
            account.c.id, account.c.login, account.c.name_ar, account.c.name_en,
            membership.c.role, membership.c.unit_id, unit.c.path,
        )
        .outerjoin(membership, membership.c.account_id == account.c.id)
        .outerjoin(unit, unit.c.id == membership.c.unit_id)
        .where(which)
    )
    rows = conn.execute(query).all()
    if not rows:
        return None
    held = tuple(Membership(row.role, row.unit_id, row.path) for row in rows if row.role is not None)
    return Actor(rows[0].id, rows[0].login, Text(rows[0].name_ar, rows[0].name_en), held)


def _account_row(row: RowMapping, held: tuple[tuple[str, str], ...] = ()) -> AccountRow:
    return AccountRow(row["id"], row["login"], Text(row["name_ar"], row["name_en"]), row["active"], held)
