"""forms/lists/calendar.yaml: the country in force, its Ramadan, and what makes no sense."""

from datetime import date, time
from pathlib import Path

import pytest

from engine.calendar_file import read_calendar
from engine.checks.lists import check_lists
from engine.feel import Hours

SHIPPED = (Path(__file__).resolve().parents[2] / "forms" / "lists" / "calendar.yaml").read_bytes()


@pytest.mark.parametrize("country", ["SY", "EG", "PS"])
def test_each_country_rests_on_friday_and_works_shorter_hours_in_ramadan(country: str) -> None:
    calendar, zone = read_calendar(SHIPPED.replace(b"country: SY", f"country: {country}".encode()))
    assert zone is not None
    assert not calendar.is_working(date(2026, 11, 27)) and calendar.is_working(date(2026, 11, 29))
    ordinary, ramadan = calendar.hours_of(date(2026, 11, 29)), calendar.hours_of(date(2026, 2, 18))
    assert ordinary is not None and ramadan is not None
    assert ramadan.begins > ordinary.begins and ramadan.ends < ordinary.ends


def test_what_stands_at_the_top_comes_before_the_country() -> None:
    source = SHIPPED + b"weekend: [4]\nholidays: [2026-11-29]\nhours: {from: '10:00', to: '12:00'}\n"
    calendar, _ = read_calendar(source)
    assert calendar.is_working(date(2026, 11, 28)) and not calendar.is_working(date(2026, 11, 29))
    assert calendar.hours_of(date(2026, 11, 28)) == Hours(time(10), time(12))


@pytest.mark.parametrize("broken", [
    "weekend: [holiday]", "hours: {from: '15:00', to: '08:00'}", "timezone: Nowhere/City", "holidays: [soon]",
    "seasons: [{from: 2026-03-01, to: 2026-02-01, hours: {from: '09:00', to: '14:00'}}]", "hours: 8",
])
def test_a_calendar_that_makes_no_sense_is_a_finding(broken: str) -> None:
    found = check_lists("calendar.yaml", SHIPPED + broken.encode() + b"\n")
    assert [finding.rule for finding in found] == ["calendar"]


def test_the_shipped_calendar_has_no_finding() -> None:
    assert check_lists("calendar.yaml", SHIPPED) == []
