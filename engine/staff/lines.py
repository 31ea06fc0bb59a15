"""The rows of a spreadsheet as units and people, by their headings, wherever these stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.staff.tables import BadSheet, Row, Sheet
from engine.staff.words import (
    NEEDED_OF_PEOPLE,
    NEEDED_OF_UNITS,
    PERSON_COLUMNS,
    UNIT_COLUMNS,
    index_of,
    plain,
)
from engine.text import Text

HEADINGS_WITHIN = 10  # rows: a title may stand above the headings


@dataclass(frozen=True)
class Line:
    """A row of units or of people: where it stands, and its cells by the name of their column."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Staffing:
    """Everything that the files ask for, in their order."""

    units: tuple[Line, ...]
    people: tuple[Line, ...]


def lines_of(sheets: Sequence[Sheet]) -> Staffing:
    """The units and people of some sheets; a sheet with other headings is passed over. Raises BadSheet when no sheet
    is ours, or one lacks a column that it needs."""
    units: list[Line] = []
    people: list[Line] = []
    for sheet in sheets:
        found = _headings(sheet)
        if found is None:
            continue
        at, columns, needed = found
        missing = [name for name in needed if name not in columns]
        known = UNIT_COLUMNS if needed is NEEDED_OF_UNITS else PERSON_COLUMNS
        if missing:
            raise BadSheet(
                f"ينقص الورقة «{sheet.name}» العمود: {'، '.join(known[name].ar for name in missing)}",
                f"Sheet “{sheet.name}” lacks the column: {', '.join(known[name].en for name in missing)}",
            )
        into = units if needed is NEEDED_OF_UNITS else people
        into += [_line(sheet, row, columns) for row in sheet.rows if row.number > at]
    if not units and not people:
        raise BadSheet(
            "لا توجد وحدات ولا موظفون في هذا الملف. ابدأ من القالب: masar staff template FILE",
            "There are no units and no people in this file. Begin with the template: masar staff template FILE",
        )
    return Staffing(tuple(line for line in units if any(line.cells.values())),
                    tuple(line for line in people if any(line.cells.values())))  # fmt: skip


def _headings(sheet: Sheet) -> tuple[int, dict[str, int], Sequence[str]] | None:
    """Where the headings stand, which column is where, and what is needed; None where the sheet is not ours."""
    for row in sheet.rows[:HEADINGS_WITHIN]:
        people, units = _columns(row, PERSON_COLUMNS), _columns(row, UNIT_COLUMNS)
        if "login" in people:
            return row.number, people, NEEDED_OF_PEOPLE
        if "code" in units and len(units) > 1:
            return row.number, units, NEEDED_OF_UNITS
    return None


def _columns(row: Row, words: Mapping[str, Text]) -> dict[str, int]:
    index = index_of(words)
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        name = index.get(plain(cell)) if cell else None
        if name is not None:
            found.setdefault(name, place)
    return found


def _line(sheet: Sheet, row: Row, columns: Mapping[str, int]) -> Line:
    cells = {name: row.cells[place] for name, place in columns.items() if place < len(row.cells)}
    return Line(sheet.name, row.number, cells)
