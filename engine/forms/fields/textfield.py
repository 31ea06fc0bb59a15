"""One line of text."""

from typing import Any, ClassVar

import regex
from marshmallow import fields

from engine.forms import messages
from engine.forms.cleaning import LONGEST, clean_line, western
from engine.forms.components import Component
from engine.forms.fields.base import Question, wrong
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text

PATTERN_SECONDS = 0.05
_EMAIL = regex.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


class Line(fields.Field[str]):
    """Understands one line: cleaned, of bounded length, of the pattern asked for."""

    def __init__(self, field: "TextField") -> None:
        super().__init__()
        self.field = field

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        field = self.field
        cleaned = field.evened(field.clean(value))
        if len(cleaned) > field.longest:
            raise wrong(messages.too_long(field.longest))
        if len(cleaned) < field.shortest:
            raise wrong(messages.too_short(field.shortest))
        if fault := field.fault(cleaned):
            raise wrong(fault)
        return cleaned


class TextField(Question):
    """A text field; `validate.validationType` email and `validate.pattern` are honoured."""

    kind: ClassVar[str] = "text"
    usual_length: ClassVar[int] = 200

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.longest = min(component.rule("maxLength") or self.usual_length, LONGEST)
        self.shortest = min(component.rule("minLength") or 0, self.longest)
        self.email = component.rules.get("validationType") == "email"
        self.pattern, self.pattern_hint = pattern_of(component), _pattern_hint(component)
        self.must_exist = component.properties.text("must_exist")
        """What the program must find under it (docs/forms.md)."""
        self.code = self.pattern is not None or component.properties.text("widget") == "code" or bool(self.must_exist)
        """Whether it holds a number or code, whose digits are kept as Western ones whatever they were typed with."""

    def schema_field(self) -> fields.Field[str]:
        """A cleaned line."""
        return Line(self)

    def clean(self, typed: str) -> str:
        """The text as it will be kept."""
        return clean_line(typed)

    def evened(self, cleaned: str) -> str:
        """Numbers and codes in Western digits, so that the same number is the same text; free text as it is."""
        return western(cleaned) if self.code else cleaned

    def fault(self, cleaned: str) -> Text | None:
        """What is wrong with a cleaned text of the right length."""
        if self.email and not _EMAIL.fullmatch(cleaned):
            return messages.EMAIL
        if self.pattern is not None and not matches(self.pattern, cleaned):
            return messages.wrong_pattern(self.pattern_hint)
        return None

    def bare(self, name: str, moment: Moment) -> FieldView:
        """With its bound, and the keyboard of email addresses."""
        shown = super().bare(name, moment)
        shown.maxlength = self.longest
        if self.email:
            shown.kind = shown.inputmode = "email"
        return shown


def pattern_of(component: Component) -> "regex.Pattern[str] | None":
    """The pattern of a component, compiled; None where there is none or it does not compile."""
    source = component.rules.get("pattern")
    if not isinstance(source, str) or not source or len(source) > 500:
        return None
    try:
        return regex.compile(source)
    except (regex.error, RecursionError):
        return None


def matches(pattern: "regex.Pattern[str]", cleaned: str) -> bool:
    """Whether a text has the pattern; a pattern that runs on and on does not match."""
    try:
        return pattern.search(cleaned, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


def _pattern_hint(component: Component) -> Text:
    given = Text(component.properties.text("pattern_hint"), component.properties.text("pattern_hint_en"))
    return given if given.ar else component.hint
