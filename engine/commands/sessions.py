"""Signing in and out. Throttled in the database, so that it holds over all processes and machines."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.commands.accounts import LONGEST_PASSWORD, verified
from engine.errors import MasarError
from engine.masar import Masar
from engine.queries.accounts import hash_of
from engine.store.accounts import account, session, sign_in_attempt
from engine.text import Text

WINDOW = timedelta(minutes=15)
ENDED_KEPT = timedelta(days=1)
"""How long a session that is over still tells whose typing it was (commands/keeping.py); it signs nobody in."""
MOST_PER_LOGIN = 8
# An office often stands behind one address.
MOST_PER_ADDRESS = 60
TOUCH_AFTER = timedelta(minutes=1)

_REFUSED = Text("اسم الدخول أو كلمة المرور غير صحيحين.", "The login or the password is wrong.")
_THROTTLED = Text(
    "محاولات كثيرة فاشلة. انتظر ربع ساعة ثم حاول مرة أخرى.",
    "Too many failed attempts. Wait a quarter of an hour, then try again.",
)


class SignInRefused(MasarError):
    """The login or the password is wrong; which of them is not said."""


class Throttled(MasarError):
    """Too many attempts for this login or from this address."""


def sign_in(masar: Masar, login: str, password: str, address: str) -> str:
    """Opens a session and returns its token, for the cookie alone. `address` is where the request came from;
    only its keyed hash is kept, for a quarter of an hour. Raises SignInRefused, Throttled.

    The attempt is written down before the password is looked at, so that many at once cannot pass the limit.
    A login nobody has is counted, verified and answered like any other.
    """
    attempt = attempted(masar, login, address)
    if not verified(attempt.password_hash, password[: LONGEST_PASSWORD + 1]):
        raise SignInRefused(_REFUSED)
    return masar.db.run(lambda conn: open_session(masar, conn, attempt))


@dataclass(frozen=True)
class Attempt:
    """Somebody who says to be the holder of an account, before it is known whether they are."""

    account_id: int
    """0 where no active account has this login"""
    password_hash: str
    by_login: bytes
    by_address: bytes
    at: datetime


def attempted(masar: Masar, login: str, address: str) -> Attempt:
    """Counts an attempt to sign in and finds the account. Raises Throttled."""
    login, now = login.strip().lower()[:255], masar.clock()
    by_login = masar.vault.hash("sign-in login", login)
    by_address = masar.vault.hash("sign-in address", address)
    account_id, password_hash = masar.db.run(lambda conn: _counted(conn, login, by_login, by_address, now))
    return Attempt(account_id, password_hash, by_login, by_address, now)


def open_session(masar: Masar, conn: Connection, attempt: Attempt) -> str:
    """Opens a session for who has proven to be the holder; returns its token, for the cookie alone."""
    token, lifetime = secrets.token_urlsafe(32), timedelta(hours=masar.settings.session_hours)
    now, tries = attempt.at, sign_in_attempt.c
    values = {
        "token_hash": hash_of(token), "account_id": attempt.account_id, "csrf": secrets.token_urlsafe(32),
        "created_at": now, "seen_at": now, "expires_at": now + lifetime,
    }
    mine = (tries.subject_hash == attempt.by_address) & (tries.at == now)
    conn.execute(delete(sign_in_attempt).where((tries.subject_hash == attempt.by_login) | mine))
    conn.execute(delete(session).where(session.c.expires_at <= now - ENDED_KEPT))
    conn.execute(insert(session).values(values))
    return token


def sign_out(masar: Masar, token: str) -> None:
    """Ends a session; an unknown one is no error."""
    masar.db.run(lambda conn: conn.execute(delete(session).where(session.c.token_hash == hash_of(token))))


def keep_alive(masar: Masar, token: str, seen_at: datetime) -> None:
    """Notes that the person is still there, at most once a minute."""
    now = masar.clock()
    if now - seen_at >= TOUCH_AFTER:
        seen = update(session).where(session.c.token_hash == hash_of(token)).values(seen_at=now)
        masar.db.run(lambda conn: conn.execute(seen))


def _counted(
    conn: Connection, login: str, by_login: bytes, by_address: bytes, now: datetime
) -> tuple[int, str]:
    """Counts this attempt and finds the account: its id and password hash, (0, "") where there is none."""
    attempt = sign_in_attempt.c
    conn.execute(delete(sign_in_attempt).where(attempt.at <= now - WINDOW))
    counts = (
        select(attempt.subject_hash, func.count())
        .where(attempt.subject_hash.in_([by_login, by_address]))
        .group_by(attempt.subject_hash)
    )
    failed = {bytes(subject): count for subject, count in conn.execute(counts)}
    if failed.get(by_login, 0) >= MOST_PER_LOGIN or failed.get(by_address, 0) >= MOST_PER_ADDRESS:
        raise Throttled(_THROTTLED)
    subjects = [{"subject_hash": by_login, "at": now}, {"subject_hash": by_address, "at": now}]
    conn.execute(insert(sign_in_attempt), subjects)
    row = conn.execute(
        select(account.c.id, account.c.password_hash).where(account.c.login == login, account.c.active)
    ).first()
    return (0, "") if row is None else (row.id, row.password_hash)
