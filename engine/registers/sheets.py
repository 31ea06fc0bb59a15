"""Registers out of spreadsheets: which columns there are, in Arabic or English, and what a row comes to. A row is one
service of a provider, or one accreditation of a practitioner; a provider with several services has several rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.forms import Lists
from engine.forms.cleaning import western
from engine.staff.lines import Line
from engine.staff.tables import BadSheet, Row, Sheet
from engine.staff.words import TRUTH, index_of, plain
from engine.text import Text

PROVIDER_COLUMNS: Mapping[str, Text] = {
    "code": Text("رمز الجهة", "Provider code"), "name_ar": Text("الاسم بالعربية", "Name in Arabic"),
    "name_en": Text("الاسم بالإنجليزية", "Name in English"), "agency_type": Text("نوع الجهة", "Kind of agency"),
    "contact": Text("ضابط الارتباط", "Focal point"), "emergency_24_7": Text("على مدار الساعة", "Around the clock"),
    "licence": Text("الترخيص", "Licence"), "licence_no": Text("رقم الترخيص", "Licence number"),
    "licence_until": Text("الترخيص حتى", "Licence until"), "agreement_no": Text("رقم الاتفاقية", "Agreement number"),
    "agreement_until": Text("الاتفاقية حتى", "Agreement until"), "standard": Text("معيار الخدمة", "Service standard"),
    "standard_until": Text("المعيار حتى", "Standard until"), "areas": Text("المحافظات والمناطق", "Areas"),
    "service_type": Text("الخدمة", "Service"), "age_min": Text("من عمر", "From age"),
    "age_max": Text("إلى عمر", "To age"), "sex": Text("لمن", "For whom"), "price": Text("الأجر", "Charge"),
    "cost": Text("المبلغ", "Amount"), "capacity": Text("أماكن في الشهر", "Places a month"),
    "places_free": Text("أماكن شاغرة", "Places free"),
}  # fmt: skip
ONCE = frozenset({"name_ar", "agency_type"})
"""What a provider needs in one of its rows."""
NEEDED_OF_PROVIDERS = ("code", "name_ar", "agency_type", "service_type")
PRACTITIONER_COLUMNS: Mapping[str, Text] = {
    "login": Text("اسم الدخول", "User name"), "setting": Text("المجال", "Setting"),
    "profession": Text("المهنة", "Profession"), "number": Text("رقم الاعتماد", "Accreditation number"),
    "valid_from": Text("من يوم", "From"), "valid_until": Text("حتى يوم", "Until"),
}  # fmt: skip
NEEDED_OF_PRACTITIONERS = tuple(PRACTITIONER_COLUMNS)

CHOSEN: Mapping[str, str] = {
    "agency_type": "agency_types", "licence": "provider_licence", "service_type": "service_types",
    "sex": "service_sex", "price": "service_price", "setting": "accreditation_settings",
    "profession": "practitioner_professions",
}  # fmt: skip
"""Columns that hold a value of a list, by its key or its name."""
DAYS = frozenset({"licence_until", "agreement_until", "standard_until", "valid_from", "valid_until"})
NUMBERS = frozenset({"age_min", "age_max", "cost", "capacity", "places_free"})
LARGEST, LONGEST = 100_000_000, 300
HEADINGS_WITHIN = 10
_TRUTH = index_of(TRUTH)
_BETWEEN = str.maketrans("،؛;", ",,,")


@dataclass(frozen=True)
class Understood:
    """A row with its values understood, or why it is none."""

    line: Line
    values: Mapping[str, object]
    wrong: Text | None = None


def lines_in(sheets: Sequence[Sheet], columns: Mapping[str, Text], needed: Sequence[str]) -> list[Line]:
    """The rows of some sheets by their headings; a sheet with other headings is passed over. Raises BadSheet where no
    sheet is ours or one lacks a column that it needs."""
    found: list[Line] = []
    for sheet in sheets:
        at, places = _headings(sheet, columns, needed[0])
        if not places:
            continue
        if missing := [name for name in needed if name not in places]:
            raise BadSheet(
                f"ينقص الورقة «{sheet.name}» العمود: {'، '.join(columns[name].ar for name in missing)}",
                f"Sheet “{sheet.name}” lacks the column: {', '.join(columns[name].en for name in missing)}",
            )
        lines = [_line(sheet, row, places) for row in sheet.rows if row.number > at]
        found += [line for line in lines if any(line.cells.values())]
    if not found:
        raise BadSheet("لا سطور من هذا السجل في الملف. ابدأ من القالب.",
                       "There are no rows of this register in the file. Begin with the template.")  # fmt: skip
    return found


def understood(line: Line, lists: Lists, columns: Mapping[str, Text], needed: Sequence[str]) -> Understood:
    """The values of a row: list keys for names, days as ISO texts, numbers. A cell that is left empty is no value."""
    values: dict[str, object] = {}
    for name, heading in columns.items():
        cell = line[name]
        if not cell:
            if name in needed and name not in ONCE:
                return Understood(line, values, Text(f"العمود «{heading.ar}» فارغ.", f"“{heading.en}” is empty."))
            continue
        value = _areas(cell, lists) if name == "areas" else _value(name, cell, lists)
        if value is None:
            return Understood(line, values, Text(f"القيمة «{cell[:60]}» في العمود «{heading.ar}» غير مفهومة.",
                                                 f"“{cell[:60]}” in “{heading.en}” is not understood."))  # fmt: skip
        values[name] = value
    return Understood(line, values)


def _value(name: str, cell: str, lists: Lists) -> object | None:
    if name in CHOSEN:
        return _listed(lists, CHOSEN[name], cell)
    if name in DAYS:
        try:
            return date.fromisoformat(western(cell).strip()[:10]).isoformat()
        except ValueError:
            return None
    if name in NUMBERS:
        digits = western(cell).strip()
        return int(digits) if digits.isascii() and digits.isdigit() and int(digits) <= LARGEST else None
    if name == "emergency_24_7":
        return _TRUTH[plain(cell)] == "yes" if plain(cell) in _TRUTH else None
    if name in ("code", "login"):
        return cell.lower() if len(cell) < 65 else None
    return cell if len(cell) <= LONGEST and not cell.startswith(("=", "+", "-", "@")) else None


def _areas(cell: str, lists: Lists) -> list[dict[str, str]] | None:
    """Governorates, and districts as "governorate/district", separated by commas."""
    found = []
    for part in filter(None, map(str.strip, cell.translate(_BETWEEN).split(","))):
        first, _, second = part.partition("/")
        governorate = _listed(lists, "governorates", first)
        district = _listed(lists, "districts", second) if second else None
        if governorate is None or (second and district is None):
            return None
        found.append({"governorate": governorate} | ({"district": district} if district else {}))
    return found


def _listed(lists: Lists, key: str, cell: str) -> str | None:
    index = index_of({option.value: option.label for option in lists.get(key, ())})
    return index.get(plain(cell))


def _headings(sheet: Sheet, columns: Mapping[str, Text], mark: str) -> tuple[int, dict[str, int]]:
    index = index_of(columns)
    for row in sheet.rows[:HEADINGS_WITHIN]:
        places: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            if cell and (name := index.get(plain(cell))):
                places.setdefault(name, place)
        if mark in places and len(places) > 1:
            return row.number, places
    return 0, {}


def _line(sheet: Sheet, row: Row, places: Mapping[str, int]) -> Line:
    return Line(sheet.name, row.number, {n: row.cells[at] for n, at in places.items() if at < len(row.cells)})
