"""A story as it was written: a title and steps of a few kinds, each a small mapping with plain keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.errors import MasarError
from engine.safeyaml import parse_yaml
from engine.text import Text

BEGINS = datetime(2026, 2, 1, 8, 0)
"""When a story begins that does not say: a Sunday morning."""
KINDS = {
    "report": {"report", "who", "filled", "answers"},
    "complaint": {"complaint", "who", "filled", "answers"},
    "inspection": {"inspection", "who", "values"},
    "does": {"does", "who", "filled", "answers", "case", "refused", "item"},
    "sends": {"sends", "who", "filled", "answers", "case"},
    "signal": {"signal", "values"},
    "wait": {"wait"},
    "then": {"then", "case"},
    "repeat": {"repeat", "steps"},
    "chapter": {"chapter"},
}


class Failed(MasarError):
    """The story went another way: at which element, what was expected and what was there."""

    def __init__(self, text: Text, element: str = "") -> None:
        super().__init__(text)
        self.element = element


@dataclass(frozen=True)
class Step:
    """One step; `kind` is the key that names it, `number` its place, such as 4 or 4.2."""

    kind: str
    number: str
    said: Mapping[str, Any]
    steps: Sequence["Step"] = field(default_factory=tuple)


@dataclass(frozen=True)
class Story:
    """A title in both languages, when it begins (local time), and its steps."""

    title: Text
    begins: datetime
    steps: Sequence[Step]


def read_story(source: bytes) -> Story:
    """Reads a story. Raises Failed naming the step that is not written as a step."""
    found = parse_yaml(source)
    if not isinstance(found, dict) or not isinstance(found.get("title"), dict):
        raise Failed(Text("القصة بلا عنوان (title: {ar, en}).", "The story has no title (title: {ar, en})."))
    title = Text(str(found["title"].get("ar", "")), str(found["title"].get("en", "")))
    begins = found.get("begins", BEGINS)
    if not isinstance(begins, datetime):
        try:
            begins = datetime.fromisoformat(str(begins))
        except ValueError:
            raise Failed(Text("وقت البدء (begins) يُكتب 2026-02-01 08:00.",
                              "begins is written as 2026-02-01 08:00.")) from None
    return Story(title, begins, read_steps(found.get("steps"), ""))


def read_steps(found: Any, prefix: str) -> tuple[Step, ...]:
    """Reads a list of steps, numbered after `prefix`. Raises Failed."""
    if not isinstance(found, list) or not found:
        raise Failed(Text("القصة بلا خطوات (steps).", "The story has no steps."))
    return tuple(_step(said, f"{prefix}{number}") for number, said in enumerate(found, 1))


def _step(said: Any, number: str) -> Step:
    kinds = [kind for kind in KINDS if isinstance(said, dict) and kind in said]
    if len(kinds) != 1:
        raise Failed(Text(
            f"الخطوة {number} يجب أن تحمل واحداً من: {'، '.join(KINDS)}.",
            f"Step {number} must hold exactly one of: {', '.join(KINDS)}."))
    strange = set(map(str, said)) - KINDS[kinds[0]]
    if strange:
        raise Failed(Text(
            f"الخطوة {number}: مفتاح غير معروف «{min(strange)}».", f"Step {number}: unknown key “{min(strange)}”."))
    inner = read_steps(said.get("steps"), f"{number}.") if kinds[0] == "repeat" else ()
    return Step(kinds[0], number, said, inner)
