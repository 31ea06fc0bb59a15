"""What a spreadsheet comes to: one verdict for each of its rows, and the changes that they ask for."""

from dataclasses import dataclass, field
from typing import Literal

from engine.staff.lines import Line
from engine.staff.present import PersonState, UnitState
from engine.text import Text

Verdict = Literal["create", "change", "same", "refuse"]
VERDICTS: dict[Verdict, Text] = {
    "create": Text("إنشاء", "create"), "change": Text("تعديل", "change"),
    "same": Text("دون تغيير", "as it is"), "refuse": Text("مرفوض", "refused"),
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What happens to one row, and why."""

    sheet: str
    row: int
    verdict: Verdict
    about: str
    """the code of the unit or the login"""
    text: Text


@dataclass
class Plan:
    """All verdicts in the order of the rows, and what is to be written where none is a refusal."""

    judged: list[Judged] = field(default_factory=list)
    new_units: list[UnitState] = field(default_factory=list)
    """a unit always after the one above it"""
    changed_units: list[UnitState] = field(default_factory=list)
    new_people: list[PersonState] = field(default_factory=list)
    changed_people: list[PersonState] = field(default_factory=list)

    @property
    def refused(self) -> list[Judged]:
        """The rows that stand in the way of everything."""
        return [one for one in self.judged if one.verdict == "refuse"]

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new_units or self.changed_units or self.new_people or self.changed_people)

    def note(self, line: Line, verdict: Verdict, about: str, ar: str, en: str) -> None:
        """Adds the verdict on a row."""
        self.judged.append(Judged(line.sheet, line.row, verdict, about, Text(ar, en)))
