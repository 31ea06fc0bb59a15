"""The empty spreadsheet to begin with: headings, choices, and what may stand where."""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from engine.definitions import sources_in
from engine.forms.lists import read_list_file
from engine.settings import load_settings
from engine.staff.words import LANGUAGES, PERSON_COLUMNS, ROLES, TRUTH, UNIT_COLUMNS, UNIT_KINDS
from engine.text import Text

_UNITS, _PEOPLE = Text("الوحدات", "Units"), Text("الموظفون", "Staff")
_CHOICES = Text("الأدوار والأنواع", "Roles and kinds")
_INK, _PAPER = "FFFFFF", "0B5561"
_ROWS = 2_000  # to which the choices reach


def template(language: str) -> bytes:
    """An .xlsx file with headings in Arabic or English; roles may be written by name or by key, in either."""
    book = Workbook()
    units, people, choices = book.active, book.create_sheet(), book.create_sheet()
    for sheet, title in ((units, _UNITS), (people, _PEOPLE), (choices, _CHOICES)):
        sheet.title = title.in_(language)
        sheet.sheet_view.rightToLeft = language == "ar"
    _headings(units, UNIT_COLUMNS, language)
    _headings(people, PERSON_COLUMNS, language)
    names = _listed(choices, _role_names(), language, 1), _listed(choices, UNIT_KINDS, language, 4)
    _choose(people, "role", PERSON_COLUMNS, f"'{choices.title}'!$A$2:$A${names[0]}")
    _choose(units, "kind", UNIT_COLUMNS, f"'{choices.title}'!$D$2:$D${names[1]}")
    for column, words in (("language", LANGUAGES), ("active", TRUTH)):
        _choose(people, column, PERSON_COLUMNS, '"' + ",".join(text.in_(language) for text in words.values()) + '"')
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _headings(sheet: Worksheet, columns: Mapping[str, Text], language: str) -> None:
    sheet.append([text.in_(language) for text in columns.values()])
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color=_INK), PatternFill("solid", fgColor=_PAPER)
        cell.alignment = Alignment(horizontal="center")
        sheet.column_dimensions[cell.column_letter].width = 26
        for (below,) in sheet.iter_rows(min_row=2, max_row=200, min_col=cell.column, max_col=cell.column):
            below.number_format = "@"  # a code such as 007 stays one


def _listed(sheet: Worksheet, words: Mapping[str, Text], language: str, column: int) -> int:
    """Writes a list of choices with their keys beside them; returns its last row."""
    for row, (key, text) in enumerate(words.items(), 2):
        sheet.cell(row, column, text.in_(language))
        sheet.cell(row, column + 1, key)
    for place in (column, column + 1):
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = 40
    return len(words) + 1


def _choose(sheet: Worksheet, column: str, columns: Mapping[str, Text], among: str) -> None:
    letter = sheet.cell(1, list(columns).index(column) + 1).column_letter
    choice = DataValidation(type="list", formula1=among, allow_blank=True)
    choice.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(choice)


def _role_names() -> dict[str, Text]:
    """The roles with the names that the shipped lists give them."""
    settings = load_settings()
    lists = next((source for source in sources_in(settings.processes, settings.forms) if source.key == "roles"), None)
    options = read_list_file(lists.content, "roles").get("roles", ()) if lists else ()
    named = {option.value: option.label for option in options if option.value in ROLES}
    return named | {role: Text(role, role) for role in sorted(ROLES) if role not in named}
