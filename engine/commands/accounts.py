"""Accounts, their passwords and what they may be where."""

import re
from collections.abc import Sequence
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from engine.commands.signals import tell_cases_of
from engine.errors import Invalid, NotFound
from engine.masar import Masar
from engine.powers import STAFF_UNAVAILABLE
from engine.store import sign_in_codes
from engine.store.accounts import account, membership, session
from engine.store.tokens import revoke_all
from engine.store.units import unit
from engine.text import Text

DAYS_FOR_EVER = 36_500

# 19 MiB and two passes: about 60 ms a try, and small enough for eight threads on a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# What is verified when there is no such account, so that the answer takes as long: made once by the hasher above out
# of a password that was thrown away, because making it takes a twentieth of a second of every start.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "d/8lkNCy32JAxKYOMnuN/g$5kXa5EiC7NsTu7IjYr2xWr23n19tW1bmLGH1qbQ7TI4"
)
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256

_BAD_LOGIN = Text(
    "اسم الدخول من ٣ إلى ٦٤ حرفاً لاتينياً صغيراً أو رقماً أو نقطة أو شرطة.",
    "A login has 3 to 64 characters: small Latin letters, digits, dots and dashes.",
)
_TAKEN = Text("اسم الدخول هذا مستعمل.", "This login is taken.")
_BAD_PASSWORD = Text(
    "كلمة المرور من ١٢ إلى ٢٥٦ حرفاً، ولا تكون اسم الدخول نفسه.",
    "A password has 12 to 256 characters and is not the login.",
)
_NO_ACCOUNT = Text("لا يوجد حساب بهذا الاسم.", "There is no account of this name.")
_NO_UNIT = Text("لا توجد وحدة بهذا الرمز.", "There is no unit with this code.")
_LOCALES = frozenset({"ar", "en"})


def verified(password_hash: str, password: str) -> bool:
    """Whether the password belongs to the hash. An empty hash belongs to nobody; refusing takes as long."""
    try:
        known = bool(password_hash)
        return _HASHER.verify(password_hash if known else _NOBODY, password) and known
    except (VerificationError, InvalidHashError):
        return False


def create_account(
    masar: Masar, login: str, name: Text, password: str | None, locale: str = "ar", held: Sequence[tuple[str, str]] = ()
) -> int:
    """A new active account with the roles it holds, as pairs of role and unit code; returns its id. Without a password
    it signs nobody in before a one-time code was used. Raises Invalid, NotFound (the unit); then nothing is stored."""
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise Invalid(_BAD_LOGIN, {"login": _BAD_LOGIN})
    hashed = "" if password is None else _hash_of(login, password)
    now = masar.clock()

    def work(conn: Connection) -> int:
        if conn.execute(select(account.c.id).where(account.c.login == login)).first():
            raise Invalid(_TAKEN, {"login": _TAKEN})
        made = insert_account(conn, login, name, hashed, locale, now)
        for role, unit_code in held:
            _hold(conn, made, role, unit_code)
        return made

    return masar.db.run(work)


def insert_account(
    conn: Connection, login: str, name: Text, password_hash: str, locale: str, now: datetime, *,
    demo: bool = False,
) -> int:
    """Writes one account inside the caller's transaction; returns its id."""
    values = {
        "login": login, "name_ar": name.ar, "name_en": name.en, "password_hash": password_hash,
        "locale": locale if locale in _LOCALES else "ar", "is_demo": demo, "created_at": now,
    }
    return int(conn.execute(insert(account).values(values).returning(account.c.id)).scalar_one())


def set_password(masar: Masar, login: str, password: str) -> None:
    """A new password; every session of the account ends. Raises Invalid, NotFound."""
    hashed = _hash_of(login, password)

    def work(conn: Connection) -> None:
        account_id = _account_id(conn, login)
        conn.execute(update(account).where(account.c.id == account_id).values(password_hash=hashed))
        sign_in_codes.drop(conn, account_id)
        conn.execute(delete(session).where(session.c.account_id == account_id))

    masar.db.run(work)


def deactivate_account(masar: Masar, login: str) -> None:
    """Nobody signs in as this account any more; its sessions and its access tokens end at once, and its cases learn
    that their manager has left. Raises NotFound."""

    def work(conn: Connection) -> int:
        account_id = _account_id(conn, login)
        conn.execute(update(account).where(account.c.id == account_id).values(active=False))
        sign_in_codes.drop(conn, account_id)
        conn.execute(delete(session).where(session.c.account_id == account_id))
        revoke_all(conn, account_id, masar.clock())
        return account_id

    said = {"login": login, "days": DAYS_FOR_EVER, "reason": "left_job"}
    tell_cases_of(
        masar, masar.db.run(work), STAFF_UNAVAILABLE, {STAFF_UNAVAILABLE: said}, f"left {login} {masar.clock()}")


def add_membership(masar: Masar, login: str, role: str, unit_code: str) -> None:
    """Gives an account a role in a unit; once is enough. Raises NotFound."""

    masar.db.run(lambda conn: _hold(conn, _account_id(conn, login), role, unit_code))


def remove_membership(masar: Masar, login: str, role: str, unit_code: str) -> None:
    """Takes a role away; it holds at the next request. Raises NotFound."""

    def work(conn: Connection) -> None:
        account_id, unit_id = _account_id(conn, login), _unit_id(conn, unit_code)
        conn.execute(delete(membership).filter_by(account_id=account_id, role=role, unit_id=unit_id))

    masar.db.run(work)


def set_locale(masar: Masar, account_id: int, locale: str) -> None:
    """The language in which an account reads; unknown ones are ignored."""
    if locale in _LOCALES:
        masar.db.run(
            lambda conn: conn.execute(update(account).where(account.c.id == account_id).values(locale=locale))
        )


def password_hash_of(password: str) -> str:
    """The argon2 hash of a password."""
    return _HASHER.hash(password)


def refuse_bad_password(login: str, password: str) -> None:
    """Raises Invalid for a password that is too short, too long or the login."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or password.lower() == login.lower():
        raise Invalid(_BAD_PASSWORD, {"password": _BAD_PASSWORD})


def _hash_of(login: str, password: str) -> str:
    refuse_bad_password(login, password)
    return password_hash_of(password)


def _hold(conn: Connection, account_id: int, role: str, unit_code: str) -> None:
    values = {"account_id": account_id, "role": role, "unit_id": _unit_id(conn, unit_code)}
    if not conn.execute(select(membership).filter_by(**values)).first():
        conn.execute(insert(membership).values(values))


def _account_id(conn: Connection, login: str) -> int:
    found = conn.execute(select(account.c.id).where(account.c.login == login.strip().lower())).scalar()
    if found is None:
        raise NotFound(_NO_ACCOUNT)
    return int(found)


def _unit_id(conn: Connection, code: str) -> int:
    found = conn.execute(select(unit.c.id).where(unit.c.code == code)).scalar()
    if found is None:
        raise NotFound(_NO_UNIT)
    return int(found)
