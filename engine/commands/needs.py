"""A search of the directory that finds nothing is a need that nobody answers: it is noted, and never about whom."""

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.forms import Lists
from engine.masar import Masar
from engine.queries.providers import Need, found_for
from engine.queries.registers import house_lists, today
from engine.registers.entry import SERVICES
from engine.store import service_gaps

AGE_BANDS = "age_bands"
UNKNOWN = "unknown"


def note_gap(masar: Masar, actor: Actor, need: Need) -> bool:
    """Notes a need that the directory answers with nobody; says whether it is one. The same need asked by the same
    person on the same day counts once. Raises NotAllowed."""
    if not may(actor, "search_directory"):
        raise NotAllowed
    now, unit_path = masar.clock(), max((m.unit_path for m in actor.memberships), key=len, default="")

    def work(conn: Connection) -> bool:
        lists = house_lists(masar, conn)
        if not _is_known(lists, need) or found_for(masar, conn, need, 1):
            return False
        band = age_band(lists, need.age)
        said = f"{actor.id} {today(masar, now)} {need.service} {need.governorate} {need.district} {band}"
        once = masar.vault.hash("service gap", said)[:16]
        service_gaps.note(conn, need.service, need.governorate, need.district, band, unit_path, once, now)
        return True

    return masar.db.run(work)


def note_gap_of_case(masar: Masar, need: Need, unit_path: str, token: str) -> bool:
    """Notes a need that a referral or a plan of a case found nobody for; says whether the lists know it. `token` names
    the finding, so that it counts once; the case cannot be read from what is kept."""
    now = masar.clock()

    def work(conn: Connection) -> bool:
        lists = house_lists(masar, conn)
        if not _is_known(lists, need):
            return False
        once, band = masar.vault.hash("service gap", token)[:16], age_band(lists, need.age)
        service_gaps.note(conn, need.service, need.governorate, need.district, band, unit_path, once, now)
        return True

    return masar.db.run(work)


def age_band(lists: Lists, age: int | None) -> str:
    """The age band of an age; what is not known is a band of its own."""
    bands = [(b.facts.get("from"), b.value) for b in lists.get(AGE_BANDS, ())]
    fitting = [(least, value) for least, value in bands if age is not None and isinstance(least, int) and least <= age]
    return max(fitting)[1] if fitting else UNKNOWN


def _is_known(lists: Lists, need: Need) -> bool:
    """Only what the lists name is kept, so that nothing else can be typed into the record of needs."""
    named = ((SERVICES, need.service), ("governorates", need.governorate), ("districts", need.district))
    return bool(need.service) and all(not value or lists.option(key, value) is not None for key, value in named)
