"""The first administrator of an installation that has none, and the ministry that all units stand under."""

from sqlalchemy import Connection, select

from engine.commands.staffing import Invited, import_staffing
from engine.errors import Invalid
from engine.masar import Masar
from engine.staff.lines import Line, Staffing
from engine.store.accounts import account, membership
from engine.store.units import unit
from engine.text import Text

ADMINISTRATOR = "system_admin"
_THERE_IS_ONE = Text(
    "للتركيب مدير نظام فعّال من قبل. أضف غيره بالأمر: masar user add",
    "There is an active administrator already. Add others with: masar user add",
)


def found(masar: Masar, login: str, name: Text, ministry: Text, code: str, country: str) -> Invited:
    """Makes the ministry where there is no unit yet, and its first administrator, who gets a one-time code. Raises
    Invalid where there is an administrator already, and for a bad login, name or code; then nothing is written."""
    with masar.db.read() as conn:
        if _has_administrator(conn):
            raise Invalid(_THERE_IS_ONE)
        root = conn.execute(select(unit.c.code).where(unit.c.parent_id.is_(None)).order_by(unit.c.id)).scalar()
    top = {"code": code, "kind": "ministry", "name_ar": ministry.ar, "name_en": ministry.en, "country": country}
    person = {"login": login, "name_ar": name.ar, "name_en": name.en, "role": ADMINISTRATOR, "unit": root or code}
    units = () if root else (Line("", 1, top),)
    staffing = Staffing(units, (Line("", 2, person),))
    _, invited = import_staffing(masar, staffing)
    return invited[0]


def _has_administrator(conn: Connection) -> bool:
    held = (membership.c.account_id == account.c.id) & (membership.c.role == ADMINISTRATOR)
    return conn.scalar(select(account.c.id).join(membership, held).where(account.c.active).limit(1)) is not None
