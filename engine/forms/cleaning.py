"""Typed text made safe and even: one form of Unicode, Western digits, no invisible tricks, never endless."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

LONGEST = 20_000
"""No text of a form is ever longer than this, whatever the form says (characters)."""

MOST_CHOICES = 200
"""No question takes more values than this."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Controls, lone surrogates (not storable as UTF-8), bidi embeddings, overrides and isolates (they make text
# read as something else), byte order marks and noncharacters. Marks of direction and joiners stay: names need them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
_BLANKS = re.compile(r"[ \t\n\u00a0]+")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")

Raw = Mapping[str, object]
"""What a browser or a draft gives: texts by field path. Anything else in it is ignored."""


def western(text: str) -> str:
    """The same text with Arabic-Indic and Persian digits as Western ones."""
    return text.translate(_DIGITS)


def number_typed(text: object) -> str:
    """The number of a case as a person typed it: Arabic digits, blanks and small letters do no harm."""
    return western(clean_line(str(text or ""))).replace(" ", "").upper()


def clean_lines(text: str) -> str:
    """Text of many lines, in NFC, without control and bidi override characters, trimmed."""
    if text.isascii() and "\r" not in text and text.isprintable():
        return text.strip()
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)).strip()


def clean_line(text: str) -> str:
    """Text of one line; runs of blanks become one."""
    return _BLANKS.sub(" ", clean_lines(text)).strip()


def texts(raw: Raw, name: str) -> list[str]:
    """All texts given under a name, bounded in number and length; never raises."""
    found = raw.get(name)
    if found is None:
        return []
    given = found if isinstance(found, (list, tuple)) else [found]
    return [one[: LONGEST + 1] for one in given[:MOST_CHOICES] if isinstance(one, str)]


def text(raw: Raw, name: str) -> str | None:
    """The first non-blank text under a name, as it was typed; None where there is none."""
    return next((one for one in texts(raw, name) if one.strip()), None)


def number(typed: str) -> Decimal | int | None:
    """The number a person typed, with Arabic or Western digits and separators; None where it is no number."""
    plain = western(clean_line(typed)).replace("٬", "").replace("٫", ".").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain)
    return int(value) if value == value.to_integral_value() else value


def day_parts(typed: str) -> tuple[str, str, str] | None:
    """Day, month and year out of one text such as 2026-11-20 or 20/11/2026; None where it is neither."""
    plain = western(clean_line(typed))
    if found := _ISO.match(plain):
        year, month, day = found.groups()
        return day, month, year
    if found := _SLASHED.match(plain):
        day, month, year = found.groups()
        return day, month, year
    return None


def day_of(day: str, month: str, year: str) -> date | None:
    """The date that three boxes name; None where there is no such day (or it lies before 1800 or after 2199)."""
    parts = [western(clean_line(part)) for part in (day, month, year)]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    if not 1800 <= int(parts[2]) <= 2199:
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
