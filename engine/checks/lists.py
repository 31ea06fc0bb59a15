"""Option lists: every line has its value and its words in both languages, no value stands twice."""

from collections.abc import Iterator
from typing import TypeGuard
from zoneinfo import ZoneInfoNotFoundError

from engine.calendar_file import read_calendar
from engine.findings import Finding, Severity
from engine.forms import Option
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text

MOST_FINDINGS = 100


def check_lists(file: str, source: bytes) -> list[Finding]:
    """All findings of a file of lists."""
    try:
        found = parse_yaml(source)
    except UnsafeYaml as error:
        return [Finding(file, "", "not-yaml", "error", error.text, Text("صحّح الملف.", "Correct the file."))]
    if not isinstance(found, dict):
        return [
            _flaw(
                file,
                "",
                "list-shape",
                Text("ليس ملف قوائم.", "It is not a file of lists."),
                Text("اكتب اسم القائمة ثم سطورها.", "Write the name of a list, then its lines."),
            )
        ]
    if "calendars" in found:
        return _calendar(file, source)
    return [f for key, lines in found.items() for f in _lines(file, str(key)[:80], lines)][:MOST_FINDINGS]


def _calendar(file: str, source: bytes) -> list[Finding]:
    """The file of working days and hours: what of it is in force must make sense."""
    try:
        read_calendar(source)
    except (AttributeError, KeyError, TypeError, ValueError, ZoneInfoNotFoundError):
        wrong = Text(
            "لا يُفهم تقويم البلد الساري: الأيام أو الساعات أو المنطقة الزمنية.",
            "The calendar in force makes no sense: its days, its hours or its time zone.",
        )
        mend = Text(
            "اكتب الأيام مثل 2026-03-20، والساعات مثل {from: '08:00', to: '15:00'}، والعطلة مثل [fri, sat].",
            "Write days like 2026-03-20, hours like {from: '08:00', to: '15:00'}, the weekend like [fri, sat].",
        )
        return [_flaw(file, "", "calendar", wrong, mend)]
    return []


def lists_in(source: bytes) -> dict[str, tuple[Option, ...]]:
    """The lists of a file with their lines as far as they are sound; none if it cannot be read."""
    try:
        found = parse_yaml(source)
    except UnsafeYaml:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): tuple(_options(lines)) for key, lines in found.items() if _is_list(lines)}


def _options(lines: list[object]) -> Iterator[Option]:
    for line in lines:
        if isinstance(line, dict) and isinstance(line.get("value"), str):
            yield Option(line["value"], Text(str(line.get("ar", "")), str(line.get("en", ""))))


def _is_list(lines: object) -> TypeGuard[list[object]]:
    return isinstance(lines, list) and any(isinstance(line, dict) and "value" in line for line in lines)


def _lines(file: str, key: str, lines: object) -> Iterator[Finding]:
    if not isinstance(lines, list) or not _is_list(lines):
        return  # notes about the file: its version, its source
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        place = f"{key}[{number}]"
        value = line.get("value") if isinstance(line, dict) else None
        if not isinstance(line, dict) or not isinstance(value, str) or not value.strip():
            yield _flaw(
                file,
                place,
                "list-value",
                Text("سطر بلا قيمة نصية (value).", "A line without a value that is text."),
                Text('ضع القيمة بين علامتي اقتباس، مثل "yes".', 'Put the value in quotes, such as "yes".'),
            )
            continue
        if value in seen:
            yield _flaw(
                file,
                place,
                "list-duplicate",
                Text(f"القيمة «{value[:60]}» مكررة.", f"The value “{value[:60]}” stands twice."),
                Text("احذف أحد السطرين أو غيّر قيمته.", "Remove one of the lines, or change its value."),
            )
        seen.add(value)
        yield from _words(file, f"{key}.{value[:60]}", line)


def _words(file: str, place: str, line: dict[object, object]) -> Iterator[Finding]:
    if not isinstance(line.get("ar"), str) or not str(line["ar"]).strip():
        yield _flaw(
            file,
            place,
            "list-arabic",
            Text("لا تسمية عربية (ar).", "There are no Arabic words (ar)."),
            Text("اكتب ar نصاً.", "Write ar as text."),
        )
    if not isinstance(line.get("en"), str) or not str(line["en"]).strip():
        yield _flaw(
            file,
            place,
            "list-english",
            Text("لا تسمية إنكليزية (en).", "There are no English words (en)."),
            Text("اكتب en نصاً.", "Write en as text."),
            "warning",
        )


def _flaw(
    file: str, element: str, rule: str, message: Text, mend: Text, severity: Severity = "error"
) -> Finding:
    return Finding(file, element, rule, severity, message, mend)
