"""Who stands behind an access token, and which tokens an account has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.actor import Actor
from engine.masar import Masar
from engine.queries.accounts import actor_in, with_rights
from engine.store.accounts import account
from engine.store.tokens import access_token
from engine.store.vault import Vault
from engine.store.work_items import split


@dataclass(frozen=True)
class Bearer:
    """A living token: for whom it acts, with the rights of this very moment, and what it may be used for at most."""

    token_hash: bytes
    actor: Actor
    scopes: frozenset[str]
    used_at: datetime | None


@dataclass(frozen=True)
class TokenRow:
    """One token as its owner sees it; never the token itself."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    """To the hour."""
    revoked_at: datetime | None


def token_hash(vault: Vault, token: str) -> bytes:
    """What the database knows of an access token."""
    return vault.hash("access token", token)


def bearer_of(masar: Masar, token: str) -> Bearer | None:
    """Who acts with a token, in one statement. None when it is unknown, over or revoked, or its account deactivated."""
    now, known_as = masar.clock(), token_hash(masar.vault, token)
    with masar.db.read() as conn:
        rows = conn.execute(_BEARER, {"token_hash": known_as, "now": now}).all()
    if not rows:
        return None
    first = rows[0]
    if not first.active or first.revoked_at is not None or now >= first.expires_at:
        return None
    return Bearer(known_as, actor_in(rows), frozenset(split(first.scopes)), first.used_at)


def tokens_of(masar: Masar, login: str) -> tuple[TokenRow, ...]:
    """The tokens of an account by login, the newest first; the revoked and expired ones too."""
    with masar.db.read() as conn:
        return rows_of(conn, login)


def rows_of(conn: Connection, login: str) -> tuple[TokenRow, ...]:
    """The same, within a transaction."""
    query = (
        select(access_token)
        .join(account, account.c.id == access_token.c.account_id)
        .where(account.c.login == login.strip().lower())
        .order_by(access_token.c.id.desc())
    )
    return tuple(_told(conn.execute(query).all()))


def _told(rows: Iterable[Any]) -> Iterable[TokenRow]:
    for row in rows:
        yield TokenRow(
            str(row.id), row.name, tuple(split(row.scopes)), row.created_at, row.expires_at, row.used_at, row.revoked_at
        )


_BEARER = with_rights(access_token).where(access_token.c.token_hash == bindparam("token_hash"))
