"""One-time codes: how people come to their first password, or to a new one, without anybody else ever knowing it."""

import base64
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from engine.commands.accounts import password_hash_of, refuse_bad_password
from engine.commands.sessions import Attempt, SignInRefused, attempted, open_session
from engine.errors import Invalid, NotFound
from engine.masar import Masar
from engine.store import sign_in_codes
from engine.store.accounts import account, session
from engine.text import Text

VALID_FOR = timedelta(days=3)
_BYTES, _GROUP = 10, 4  # 80 bits: sixteen signs
# What hand-writing turns into one another; a code itself has no 0, 1 or 8.
_READ_AS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹018", "ol234567b9ol234567b9olb")
_REFUSED = Text(
    "اسم الدخول أو الرمز غير صحيح، أو انتهت مدة الرمز، أو استُعمل من قبل. اطلب رمزاً جديداً من مدير النظام.",
    "The user name or the code is wrong, or the code is too old or was used. Ask your administrator for a new one.",
)
_DIFFERENT = Text("كلمتا المرور مختلفتان.", "The two passwords differ.")
_NO_ACCOUNT = Text("لا يوجد حساب فعّال بهذا الاسم.", "There is no active account of this name.")


def give_code(masar: Masar, login: str, valid_for: timedelta = VALID_FOR) -> tuple[str, datetime]:
    """A fresh code for an active account and when it ends; one given before is worth nothing any more. The password
    stays as it is until the code is used. Raises NotFound."""
    now = masar.clock()

    def work(conn: Connection) -> str:
        active = (account.c.login == login.strip().lower()) & account.c.active
        account_id = conn.scalar(select(account.c.id).where(active))
        if account_id is None:
            raise NotFound(_NO_ACCOUNT)
        return code_for(masar, conn, account_id, now + valid_for)

    return masar.db.run(work), now + valid_for


def code_for(masar: Masar, conn: Connection, account_id: int, expires_at: datetime) -> str:
    """The same, inside the caller's transaction."""
    plain = base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()
    sign_in_codes.drop_expired(conn, masar.clock())
    sign_in_codes.replace(conn, account_id, _hash(masar, account_id, plain), expires_at)
    return "-".join(plain[i : i + _GROUP] for i in range(0, len(plain), _GROUP))


def use_code(masar: Masar, login: str, code: str, passwords: tuple[str, str], address: str) -> str:
    """Sets the password that was chosen (typed twice) and opens a session; returns its token, for the cookie alone.
    Every other session of the account ends and the code is used up. Raises Invalid (the password), then the code is
    still good; SignInRefused, Throttled, counted together with attempts to sign in."""
    if passwords[0] != passwords[1]:
        raise Invalid(_DIFFERENT, {"password": _DIFFERENT})
    refuse_bad_password(login.strip(), passwords[0])
    attempt = attempted(masar, login, address)
    hashed_code = _hash(masar, attempt.account_id, _plain(code))
    with masar.db.read() as conn:
        _refuse_other(conn, attempt, hashed_code)
    hashed = password_hash_of(passwords[0])  # takes a while: not for everybody who tries, and not in the transaction

    def work(conn: Connection) -> str:
        _refuse_other(conn, attempt, hashed_code)
        sign_in_codes.drop(conn, attempt.account_id)
        mine = account.c.id == attempt.account_id
        conn.execute(update(account).where(mine).values(password_hash=hashed))
        conn.execute(delete(session).where(session.c.account_id == attempt.account_id))
        return open_session(masar, conn, attempt)

    return masar.db.run(work)


def _refuse_other(conn: Connection, attempt: Attempt, hashed_code: bytes) -> None:
    known = sign_in_codes.hash_of(conn, attempt.account_id, attempt.at) or b""
    if not hmac.compare_digest(known, hashed_code):
        raise SignInRefused(_REFUSED)


def _hash(masar: Masar, account_id: int, plain: str) -> bytes:
    return masar.vault.hash("sign-in code", f"{account_id} {plain}")


def _plain(typed: str) -> str:
    """A code as it was given out, however it was written down."""
    return "".join(sign for sign in typed.lower().translate(_READ_AS) if sign.isalnum())[:100]
