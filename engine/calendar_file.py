"""forms/lists/calendar.yaml: which days and hours are worked in the country that this installation serves."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel import Calendar, Hours
from engine.safeyaml import parse_yaml

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_SEASON_DAYS = 400


def read_calendar(source: bytes) -> tuple[Calendar, ZoneInfo | None]:
    """The calendar in force and its time zone. The country named by `country` is looked up under `calendars`; what
    stands beside it at the top comes first. Raises ValueError, KeyError or TypeError where the file makes no sense."""
    content: Any = parse_yaml(source) or {}
    countries = content.get("calendars") or {}
    said = {**countries.get(content.get("country"), {}), **content}
    zone = ZoneInfo(str(said["timezone"])) if said.get("timezone") else None
    weekend = frozenset(_weekday(day) for day in said.get("weekend", ("fri", "sat")))
    holidays = frozenset(_as_date(day) for day in said.get("holidays", ()))
    hours = _hours(said["hours"]) if said.get("hours") else None
    seasons = {day: _hours(season["hours"]) for season in said.get("seasons", ()) for day in _days(season)}
    return Calendar(weekend, holidays, hours, tuple(sorted(seasons.items())), str(content.get("country") or "")), zone


def _weekday(day: object) -> int:
    return WEEKDAYS.index(day) if isinstance(day, str) else int(str(day))


def _as_date(value: object) -> date:
    if isinstance(value, Mapping):
        value = value.get("date")
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _days(season: Mapping[str, Any]) -> Iterator[date]:
    """The days of a season such as Ramadan, its first and last among them."""
    first, last = _as_date(season["from"]), _as_date(season["to"])
    if not 0 <= (last - first).days <= MOST_SEASON_DAYS:
        raise ValueError(f"a season from {first} to {last}")
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _hours(said: Mapping[str, Any]) -> Hours:
    return Hours(time.fromisoformat(str(said["from"])), time.fromisoformat(str(said["to"])))
