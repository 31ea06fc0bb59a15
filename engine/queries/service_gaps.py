"""Needs that no provider answered, ranked for those who plan services; small numbers are not told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.registers import house_lists
from engine.registers.entry import SERVICES
from engine.store import service_gaps
from engine.text import Text

FEWEST = 5
"""Counts below this are not told: few needs of one kind in one place could point at somebody."""
LOOKED_BACK = timedelta(days=365)
MOST = 500


@dataclass(frozen=True)
class Gap:
    """A need that was not answered, and how often; None for fewer than FEWEST."""

    service: Text
    governorate: Text
    ages: Text
    missed: int | None


def gaps_page(masar: Masar, actor: Actor) -> tuple[Gap, ...]:
    """The needs of the last year in the actor's units, the greatest first; those too few to tell after them, by name
    and not by number. Raises NotAllowed."""
    paths = [m.unit_path for m in actor.memberships if may(actor, "see_gaps", AccessFacts(unit_path=m.unit_path))]
    if not paths:
        raise NotAllowed
    with masar.db.read() as conn:
        rows: Sequence[Any] = service_gaps.ranked(conn, paths, masar.clock() - LOOKED_BACK, MOST)
        lists = house_lists(masar, conn)

    def word(key: str, value: str, otherwise: Text) -> Text:
        option = lists.option(key, value)
        return option.label if option else Text(value, value) if value else otherwise

    everywhere = Text("كل المحافظات", "Any governorate")
    gaps = [
        Gap(word(SERVICES, r.service_type, Text("—")), word("governorates", r.governorate, everywhere),
            word("age_bands", r.age_band, Text("—")), r.missed if r.missed >= FEWEST else None)
        for r in rows
    ]  # fmt: skip
    few = sorted((gap for gap in gaps if gap.missed is None), key=lambda gap: (gap.service, gap.governorate, gap.ages))
    return (*(gap for gap in gaps if gap.missed is not None), *few)
