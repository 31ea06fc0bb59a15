"""What the country served says of itself, told without asking the database on every page."""

from functools import lru_cache

from engine.countries import shipped_lists
from engine.forms import Lists
from engine.masar import Masar
from engine.settings import Settings
from engine.words import Months


def month_names(masar: Masar) -> Months:
    """What the months are called here: by the newest definitions at hand, else as shipped."""
    known = masar.library.at_hand()
    return (known.lists if known else shipped(masar.settings, "months")).months


@lru_cache
def shipped(settings: Settings, name: str) -> Lists:
    """The lists of one shipped file, as the country served has them."""
    return shipped_lists(settings.processes, settings.forms, settings.country, name)
