"""A sentence or a name in both languages of the product."""

from typing import NamedTuple


class Text(NamedTuple):
    """Words for people, Arabic first. `en` falls back to `ar` where an analyst gave none."""

    ar: str
    en: str = ""

    def in_(self, locale: str) -> str:
        """The words in a locale ("ar", "ar_SY", "en", …)."""
        return self.en if locale.startswith("en") and self.en else self.ar
