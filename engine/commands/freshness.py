"""Rights within the transaction that uses them. A request decides with the rights of its beginning; what was taken
away since (a role, a whole account, the standing in for somebody) must not be used when it comes to writing."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from engine.actor import Actor
from engine.errors import Conflict
from engine.store.absences import stood_in_for
from engine.store.accounts import account, membership
from engine.text import Text

_CHANGED = Text(
    "تغيّرت صلاحياتك أثناء عملك هذا، فلم يُحفظ شيء. أعد فتح الصفحة لترى ما يمكنك فعله الآن.",
    "Your rights changed while you were doing this, so nothing was saved. Open the page again to see what you may do "
    "now.",
)
_HELD = (
    select(account.c.active, membership.c.role, membership.c.unit_id)
    .outerjoin(membership, membership.c.account_id == account.c.id)
    .where(account.c.id == bindparam("who"))
)


def demand_same_rights(conn: Connection, actor: Actor, now: datetime, on_behalf_of: int | None = None) -> None:
    """Refuses an actor who lost a right since the request began, one statement (two for a deputy). Raises Conflict.
    The system and the public have no rights that anybody could take away."""
    if actor.id <= 0:
        return
    rows = conn.execute(_HELD, {"who": actor.id}).all()
    held = {(row.role, row.unit_id) for row in rows if row.active}
    if not held or not {(m.role, m.unit_id) for m in actor.memberships} <= held:
        raise Conflict(_CHANGED)
    if on_behalf_of is not None and on_behalf_of not in stood_in_for(conn, actor.id, now):
        raise Conflict(_CHANGED)
