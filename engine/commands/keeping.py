"""What somebody was typing when their session ended, sealed for that very account while it travels through the
sign-in: whoever else signs in at the same browser can neither read it nor make it theirs."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.masar import Masar
from engine.queries.accounts import hash_of
from engine.store.accounts import account, session
from engine.store.master_key import KeyTrouble

PURPOSE = "kept typing"
LONGEST = timedelta(hours=12)


def seal_typing(masar: Masar, session_token: str, csrf: str, target: str, typed: Mapping[str, list[str]]) -> str:
    """The typing for `target`, sealed for the account whose session ended; "" where that is not known any more
    (signed out, deactivated, a new password) or the form did not carry that session's secret."""
    ended = select(session.c.account_id, session.c.csrf).join(account, account.c.id == session.c.account_id)
    with masar.db.read() as conn:
        row = conn.execute(ended.where(session.c.token_hash == hash_of(session_token), account.c.active)).first()
    if row is None or not typed or not hmac.compare_digest(row.csrf.encode(), csrf.encode()):
        return ""
    kept = {"account": row.account_id, "at": masar.clock().isoformat(), "target": target, "typed": dict(typed)}
    return masar.vault.wrap(PURPOSE, json.dumps(kept, ensure_ascii=False).encode())


def open_typing(masar: Masar, account_id: int, sealed: str) -> tuple[str, dict[str, list[str]]] | None:
    """Where the typing was meant for, and the typing; None where it is not this account's, or too old."""
    try:
        kept = json.loads(masar.vault.unwrap(PURPOSE, sealed))
    except KeyTrouble:
        return None
    too_old = masar.clock() - datetime.fromisoformat(kept["at"]) > LONGEST
    return None if too_old or kept["account"] != account_id else (kept["target"], kept["typed"])
