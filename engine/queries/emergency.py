"""The emergency numbers, from the list that analysts keep. They must be told even when nothing else works."""

from dataclasses import dataclass

from engine.errors import MasarError
from engine.forms import Lists
from engine.masar import Masar
from engine.queries.country import shipped
from engine.text import Text

LIST = "emergency_numbers"


@dataclass(frozen=True)
class EmergencyNumber:
    """Whom to call, and the number to dial."""

    name: Text
    number: str


def emergency_numbers(masar: Masar) -> tuple[EmergencyNumber, ...]:
    """The numbers of the newest definitions; while the database is away, those at hand, else the shipped ones."""
    try:
        with masar.db.read() as conn:
            return numbers_in(masar.library.latest(conn).lists)
    except MasarError:
        known = masar.library.at_hand()
        return numbers_in(known.lists if known else shipped(masar.settings, "emergency"))


def numbers_in(lists: Lists) -> tuple[EmergencyNumber, ...]:
    """The numbers that a set of lists tells."""
    return tuple(
        EmergencyNumber(option.label, str(option.facts.get("number", "")))
        for option in lists.get(LIST, ())
        if option.active and option.facts.get("number")
    )
