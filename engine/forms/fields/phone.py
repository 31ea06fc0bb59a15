"""A telephone number (textfield with widget=phone or validationType=phone)."""

import re
from typing import ClassVar

from engine.forms import messages
from engine.forms.cleaning import clean_line, western
from engine.forms.fields.textfield import TextField
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text

_PUNCTUATION = re.compile(r"[\s().\-/‎‏]")
_NUMBER = re.compile(r"\+?[0-9]{7,15}")


class Phone(TextField):
    """Kept as digits, with + before a country's prefix."""

    kind: ClassVar[str] = "phone"
    usual_length: ClassVar[int] = 25

    def clean(self, typed: str) -> str:
        """+963944123456 or 0944123456, whatever the digits, blanks and dashes it was typed with."""
        digits = _PUNCTUATION.sub("", western(clean_line(typed)))
        return "+" + digits[2:] if digits.startswith("00") else digits

    def fault(self, cleaned: str) -> Text | None:
        """Not a telephone number."""
        return None if _NUMBER.fullmatch(cleaned) else messages.PHONE

    def bare(self, name: str, moment: Moment) -> FieldView:
        """With the keyboard of telephones."""
        shown = super().bare(name, moment)
        shown.inputmode = "tel"
        return shown
