"""Whether a register counts yet: from its day in the list `registers` on, once something stands in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.errors import NotFound
from engine.forms import Lists
from engine.forms.lists import NO_LISTS
from engine.masar import Masar
from engine.store import practitioners, providers, register_log
from engine.text import Text

REGISTERS = "registers"
DIRECTORY, PRACTITIONERS = "directory", "practitioners"
_BEGUN = {DIRECTORY: providers.begun, PRACTITIONERS: practitioners.begun}


def house_lists(masar: Masar, conn: Connection) -> Lists:
    """The newest lists, whatever a case is bound to: a switch of the ministry holds for all cases at once."""
    try:
        return masar.library.latest(conn).lists
    except NotFound:
        return NO_LISTS


def in_force(masar: Masar, conn: Connection, register: str) -> bool:
    """Whether what is missing from a register stands in the way."""
    line = house_lists(masar, conn).option(REGISTERS, register)
    day = str(line.facts.get("in_force_from") or "") if line else ""
    return bool(day) and day <= today(masar) and _BEGUN[register](conn)


def verify_registers(masar: Masar) -> list[Text]:
    """What is wrong with the record of the registers; empty when nothing is."""
    with masar.db.read() as conn:
        return register_log.verify(conn, masar.vault)


def today(masar: Masar, now: datetime | None = None) -> str:
    """The day on the clocks of the house, as ISO text."""
    return (now or masar.clock()).astimezone(ZoneInfo(masar.settings.time_zone)).date().isoformat()
