"""A person's name (textfield with widget=name)."""

import re
from typing import ClassVar

from engine.forms.cleaning import clean_line
from engine.forms.fields.textfield import TextField

_NOT_OF_NAMES = re.compile("[ـ<>{}\\[\\]\\\\|]")


class Name(TextField):
    """A name or a part of one: without tatweel, which only stretches, and without brackets."""

    kind: ClassVar[str] = "name"
    usual_length: ClassVar[int] = 120

    def clean(self, typed: str) -> str:
        """The name as it will be kept."""
        return clean_line(_NOT_OF_NAMES.sub("", typed))
