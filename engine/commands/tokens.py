"""Access tokens: programs sign in with them in the name of an account, as far as its rights and their scopes go."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.access import SCOPES
from engine.commands.sessions import MOST_PER_ADDRESS, WINDOW, Throttled
from engine.errors import Invalid, NotFound
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.tokens import Bearer, token_hash
from engine.store.accounts import sign_in_attempt
from engine.store.tokens import access_token
from engine.text import Text

DAYS, MOST_DAYS = 90, 366
LONGEST_NAME = 100
MOST_TOKENS = 50
TOUCH_AFTER = timedelta(hours=1)
PREFIX = "masar_"
"""Tells what it is, to people and to programs that look for secrets where none belong."""

_NO_ACCOUNT = Text("لا يوجد حساب عامل بهذا الاسم.", "There is no active account of this name.")
_NO_NAME = Text("سمِّ الرمز بما يدل على البرنامج الذي يستعمله.", "Name the token after the program that will use it.")
_NO_SCOPE = Text("النطاقات هي: read وwrite وpublish.", "The scopes are read, write and publish.")
_NO_DAYS = Text(f"المدة من يوم إلى {MOST_DAYS} يوماً.", f"A token lasts from 1 to {MOST_DAYS} days.")
_TOO_MANY = Text("لهذا الحساب رموز كثيرة؛ ألغِ منها ما لا يلزم.", "This account has many tokens; revoke some of them.")
_NO_TOKEN = Text("لا يوجد رمز عامل بهذا الرقم لهذا الحساب.", "This account has no living token of that number.")
_THROTTLED = Text(
    "محاولات كثيرة برموز خاطئة. انتظر ربع ساعة ثم حاول مرة أخرى.",
    "Too many attempts with wrong tokens. Wait a quarter of an hour, then try again.",
)


def create_token(
    masar: Masar, login: str, name: str, scopes: Collection[str] = ("read", "write"), days: int = DAYS
) -> str:
    """A new token of an account; returned once and kept nowhere. Raises Invalid, NotFound (the account)."""
    name, now = " ".join(name.split()), masar.clock()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(_NO_NAME, {"name": _NO_NAME})
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Invalid(_NO_SCOPE, {"scope": _NO_SCOPE})
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_NO_DAYS, {"expires_days": _NO_DAYS})
    token = PREFIX + secrets.token_urlsafe(32)

    def work(conn: Connection) -> None:
        owner = actor_named(conn, login)
        if owner is None:
            raise NotFound(_NO_ACCOUNT)
        mine = access_token.c.account_id == owner.id
        living = mine & access_token.c.revoked_at.is_(None) & (access_token.c.expires_at > now)
        if (conn.scalar(select(func.count()).where(living)) or 0) >= MOST_TOKENS:
            raise Invalid(_TOO_MANY)
        conn.execute(insert(access_token).values(
            account_id=owner.id, name=name, token_hash=token_hash(masar.vault, token),
            scopes=",".join(scope for scope in SCOPES if scope in scopes), created_at=now,
            expires_at=now + timedelta(days=days),
        ))  # fmt: skip

    masar.db.run(work)
    return token


def revoke_token(masar: Masar, login: str, token_id: str) -> None:
    """Nobody signs in with this token any more; it holds at the next request. Raises NotFound."""

    def work(conn: Connection) -> None:
        owner = actor_named(conn, login)
        key = int(token_id) if token_id.isascii() and token_id.isdigit() and len(token_id) < 10 else 0
        mine = (access_token.c.id == key) & (access_token.c.account_id == (owner.id if owner else 0))
        living = update(access_token).where(mine, access_token.c.revoked_at.is_(None))
        if not conn.execute(living.values(revoked_at=masar.clock())).rowcount:
            raise NotFound(_NO_TOKEN)

    masar.db.run(work)


def note_use(masar: Masar, bearer: Bearer) -> None:
    """Notes that a token is in use, at most once an hour and to the hour."""
    now = masar.clock()
    if bearer.used_at is None or now - bearer.used_at >= TOUCH_AFTER:
        hour = now.replace(minute=0, second=0, microsecond=0)
        used = update(access_token).where(access_token.c.token_hash == bearer.token_hash).values(used_at=hour)
        masar.db.run(lambda conn: conn.execute(used))


def note_wrong_token(masar: Masar, address: str) -> None:
    """Counts a wrong token from an address, of which only a keyed hash is kept, for a quarter of an hour. Raises
    Throttled where there were too many. Right tokens are never held up: one office stands behind one address."""
    now, subject = masar.clock(), masar.vault.hash("token address", address)
    attempt = sign_in_attempt.c

    def work(conn: Connection) -> int:
        conn.execute(delete(sign_in_attempt).where(attempt.at <= now - WINDOW))
        failed = conn.scalar(select(func.count()).where(attempt.subject_hash == subject)) or 0
        if failed < MOST_PER_ADDRESS:
            conn.execute(insert(sign_in_attempt).values(subject_hash=subject, at=now))
        return failed

    if masar.db.run(work) >= MOST_PER_ADDRESS:
        raise Throttled(_THROTTLED)
