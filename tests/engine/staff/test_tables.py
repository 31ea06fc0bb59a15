"""Whatever file is handed in as a spreadsheet: it is read within bounds, or refused in a sentence."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.staff import tables
from engine.staff.lines import lines_of
from engine.staff.tables import BadSheet, read_sheets
from engine.staff.template import template

SHEET = "xl/worksheets/sheet1.xml"
Make = Callable[[], bytes]


def workbook(*rows: list[object]) -> bytes:
    """An .xlsx file with one sheet of these rows."""
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def changed(name: str, content: bytes) -> bytes:
    """A good workbook in which one part is another."""
    written = io.BytesIO()
    good = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return written.getvalue()


def sheet_of(cells: str) -> bytes:
    return changed(SHEET, f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                          f"{cells}</sheetData></worksheet>".encode())  # fmt: skip


def many_parts() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(tables.MOST_PARTS + 1):
            archive.writestr(f"{number}", "")
    return written.getvalue()


def packed_oddly() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "x")
    return written.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
FETCHES = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x/>'
HOSTILE: dict[str, Make] = {
    "bomb.xlsx": lambda: changed("xl/media/zeros.bin", bytes(tables.LARGEST_UNPACKED + 1)),
    "sheet-bomb.xlsx": lambda: sheet_of("<row r='1'><c><v>1</v></c></row>" * 700_000),
    "laughs.xlsx": lambda: changed("xl/workbook.xml", LAUGHS),
    "laughs16.xlsx": lambda: changed("xl/workbook.xml", LAUGHS.decode().encode("utf-16")),
    "fetches.xlsx": lambda: changed(SHEET, FETCHES),
    "parts.xlsx": many_parts,
    "odd.xlsx": packed_oddly,
    "far.xlsx": lambda: sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>' + "<row/>" * 9_000),
    "wide.xlsx": lambda: workbook(["x"] * 300),
    "formula.xlsx": lambda: workbook(["=HYPERLINK(\"http://192.0.2.1\")"]),
    "long.xlsx": lambda: workbook(["x" * 600]),
    "deep.xlsx": lambda: changed(SHEET, b"<a>" * 100_000),
    "cut.xlsx": lambda: workbook(["a"])[:900],
    "noise.xlsx": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "old.xls": lambda: b"\xd0\xcf\x11\xe0" + bytes(600),
    "many-rows.csv": lambda: b"a,b\n" * (tables.MOST_ROWS + 2),
    "large.csv": lambda: b"a" * (tables.LARGEST_FILE + 1),
    "cell.csv": lambda: b"a," + b"x" * 200_000 + b"\n",
    "windows.csv": lambda: "الاسم,الرمز\n".encode("cp1256"),
    "quotes.csv": lambda: b'a,"b\nc"d,"e\n',
    "nothing.csv": lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(BadSheet) as refused:
        lines_of(read_sheets(file))
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.text.ar and refused.value.text.en
    assert str(tmp_path) not in refused.value.text.en
    assert (took < 5, peak < 150_000_000) == (True, True), (took, peak)


def test_a_row_so_far_down_is_refused_and_not_walked_to(tmp_path: Path) -> None:
    file = tmp_path / "far.xlsx"
    file.write_bytes(sheet_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    with pytest.raises(BadSheet):
        lines_of(read_sheets(file))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_with_its_mark_and_whatever_parts_its_cells(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "u.csv"
    headings = ["رمز الوحدة", "الاسم بالعربية", "نوع الوحدة", "رمز الوحدة الأعلى"]
    rows = [headings, ["north", "مديرية\u200f الشمال", "مديرية", "m"]]
    file.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8-sig")
    (line,) = lines_of(read_sheets(file)).units
    assert (line.row, line["code"], line["name_ar"], line["country"]) == (2, "north", "مديرية الشمال", "")


def test_a_title_above_headings_in_any_order_and_numbers_for_codes_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "u.xlsx"
    headings: list[object] = ["Kind of unit", "UNIT CODE", "name in arabic", "Code of the unit above"]
    file.write_bytes(workbook(["وحدات المديرية"], [], headings, ["centre", 12.0, "مركز", 7]))
    (line,) = lines_of(read_sheets(file)).units
    assert (line.row, line["code"], line["parent"]) == (4, "12", "7")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_template_is_read_and_holds_nobody(language: str, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    file.write_bytes(template(language))
    sheets = read_sheets(file)
    assert len(sheets) == 3
    with pytest.raises(BadSheet, match="no units and no people"):
        lines_of(sheets)
