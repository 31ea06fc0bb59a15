"""What the days at work share: the pairs of language and width, and the words of the pages in both languages."""

from collections.abc import Callable
from functools import cache

from babel.messages.catalog import Catalog

from tests.web.browser.people import NARROW, WIDE
from tests.web.catalogue import translated

PAIRS = [("ar", NARROW), ("en", WIDE)]
"""Each day is walked once in Arabic on a telephone and once in English at a desk."""


@cache
def arabic() -> Catalog:
    """The Arabic catalogue of the interface."""
    return translated()


def words(locale: str) -> Callable[[str], str]:
    """What the pages call a thing in a language, by its English words; fails where they call nothing so."""

    def named(english: str) -> str:
        message = arabic().get(english)
        assert message is not None, f"no page says {english!r}"
        assert locale == "en" or message.string, f"{english!r} has no Arabic yet"
        return english if locale == "en" else str(message.string)

    return named
