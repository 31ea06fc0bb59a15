"""What the days at work share: the pairs of language and width, and the words of the pages in both languages."""

import os
from collections.abc import Callable
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from tests.web.browser.people import NARROW, WIDE
from tests.web.catalogue import translated

PAIRS = {"on a phone": ("ar", NARROW), "at a desk": ("en", WIDE)}
EVERY_PAIR = "EVERY_PAIR"
"""The variable by which `./run days` walks every day in both pairs."""
LANGUAGES = ["ar", "en"] if os.environ.get(EVERY_PAIR) else ["ar"]
"""What is done at a desk only."""


def walked(where: str) -> pytest.MarkDecorator:
    """A day is walked in Arabic on a telephone or in English at a desk; by `./run days` in both."""
    pairs = PAIRS if os.environ.get(EVERY_PAIR) else {where: PAIRS[where]}
    return pytest.mark.parametrize(("locale", "size"), list(pairs.values()), ids=list(pairs))


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
