"""What a spreadsheet holds, as plain text in rows: .xlsx and .csv, within bounds whatever the file is."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from engine.errors import MasarError
from engine.text import Text

LARGEST_FILE = 5_000_000  # bytes
LARGEST_UNPACKED = 20_000_000  # bytes: what an .xlsx may come to in all
MOST_PARTS = 300
MOST_SHEETS = 20
MOST_ROWS = 5_000  # of a sheet, and so the furthest row that is looked at
MOST_COLUMNS = 40
LONGEST_CELL = 500
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DELIMITERS = ",;\t"
_UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\ufeff"))  # marks that Arabic spreadsheets are full of
_BOOLEANS = {True: "yes", False: "no"}


class BadSheet(MasarError):
    """A file that cannot be read as a spreadsheet of ours."""

    def __init__(self, ar: str, en: str) -> None:
        super().__init__(Text(ar, en))


@dataclass(frozen=True)
class Row:
    """A row as people count it, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a .csv file; rows without content are left out."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file. Raises BadSheet; OSError where there is no such file."""
    if path.stat().st_size > LARGEST_FILE:
        raise BadSheet("الملف أكبر من ٥ ميغابايت.", "The file is larger than 5 MB.")
    content = path.read_bytes()
    if content[:4] == b"PK\x03\x04":
        return _workbook(content)
    if path.suffix.lower() in {".xls", ".xlsx", ".xlsm", ".ods"} or b"\0" in content[:4096]:
        raise BadSheet("ليس هذا ملف xlsx سليماً. احفظه بصيغة xlsx أو csv.",
                       "This is no sound .xlsx file. Save it as .xlsx or .csv.")  # fmt: skip
    return [Sheet(path.name, _rows(enumerate(_csv(content), 1)))]


def _workbook(content: bytes) -> list[Sheet]:
    try:
        _refuse_bombs(content)
        with warnings.catch_warnings():  # about styles and validations, which are nothing to us
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            if len(book.worksheets) > MOST_SHEETS:
                raise BadSheet("في الملف أوراق كثيرة جداً.", "The file has too many sheets.")
            return [Sheet(str(sheet.title), _rows(_cells(sheet))) for sheet in book.worksheets]
    except BadSheet:
        raise
    except Exception as error:  # whatever a broken file brings a reader of others to
        raise BadSheet("ملف xlsx غير سليم. افتحه واحفظه من جديد.",
                       "The .xlsx file is damaged. Open it and save it anew.") from error  # fmt: skip


def _refuse_bombs(content: bytes) -> None:
    """Unpacks everything once, counting: what the directory of the archive claims is not believed. XML with a
    document type is refused, since only that can grow while it is read."""
    left = LARGEST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise BadSheet("في الملف أجزاء كثيرة جداً.", "The file has too many parts.")
        for part in archive.infolist():
            if part.compress_type not in _PACKINGS:
                raise BadSheet("ضغط هذا الملف غير معتاد.", "The file is packed in an unusual way.")
            with archive.open(part) as packed:
                unpacked = packed.read(left + 1)
            left -= len(unpacked)
            if left < 0:
                raise BadSheet("يتضخم الملف عند فتحه أكثر مما يُقبل.", "The file unpacks to more than is taken.")
            if b"<!DOCTYPE" in unpacked or "<!DOCTYPE".encode("utf-16-le") in unpacked:
                raise BadSheet("في الملف ما لا يُقبل (DOCTYPE).", "The file holds what is not taken (a DOCTYPE).")


def _cells(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    sheet.reset_dimensions()  # what the sheet says of its size is not believed either
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1), 1):
        yield number, [_value(cell) for cell in row]


def _value(cell: Any) -> object:
    if getattr(cell, "data_type", "") == "f":
        raise BadSheet(f"في الخلية {cell.coordinate} معادلة؛ ضع قيمتها مكانها.",
                       f"Cell {cell.coordinate} holds a formula; put its value there.")  # fmt: skip
    return cell.value


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet("ملف csv ليس بترميز UTF-8. احفظه من جديد بصيغة «CSV UTF-8».",
                       "The .csv file is not in UTF-8. Save it anew as “CSV UTF-8”.") from error  # fmt: skip
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        return [line for _, line in zip(range(MOST_ROWS + 2), lines, strict=False)]
    except csv.Error as error:
        raise BadSheet(f"ملف csv غير سليم ({error}).", f"The .csv file is not sound ({error}).") from error


def _rows(found: Iterable[tuple[int, Iterable[object]]]) -> tuple[Row, ...]:
    rows = []
    for number, values in found:
        cells = tuple(_text(value) for value in values)
        if not any(cells):
            continue
        if number > MOST_ROWS:
            raise BadSheet(f"في الورقة أكثر من {MOST_ROWS} سطر. قسّمها.",
                           f"The sheet has more than {MOST_ROWS} rows. Split it.")  # fmt: skip
        if any(cells[MOST_COLUMNS:]):
            raise BadSheet("في الورقة أعمدة كثيرة جداً.", "The sheet has too many columns.")
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise BadSheet(f"في السطر {number} خلية طويلة جداً.", f"Row {number} has a cell that is too long.")
        rows.append(Row(number, cells))
    return tuple(rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _BOOLEANS[value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).translate(_UNSEEN).split())
