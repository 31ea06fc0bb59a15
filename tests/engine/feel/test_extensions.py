"""Working days and Arabic names: what Masar adds to FEEL."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Calendar, Env, compile

EID = Env(calendar=Calendar(holidays=frozenset({date(2026, 11, 29)})))
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def due(start: object, limit: str, basis: str, env: Env = EID) -> object:
    return compile("due(start, limit, basis)")(
        {"start": start, "limit": compile(f'duration("{limit}")')({}), "basis": basis}, env)


def test_around_the_clock_every_hour_counts() -> None:
    assert due(THURSDAY, "PT48H", "clock") == datetime(2026, 11, 28, 10, tzinfo=UTC)


def test_working_days_skip_friday_saturday_and_holidays() -> None:
    assert due(THURSDAY, "P1D", "working") == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert due(THURSDAY, "P2DT3H", "working") == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert due(date(2026, 11, 26), "P1D", "working") == date(2026, 11, 30)


def test_hours_stay_hours_of_the_clock_on_working_days_too() -> None:
    assert due(THURSDAY, "PT4H", "working") == datetime(2026, 11, 26, 14, tzinfo=UTC)


def test_the_day_is_the_day_of_the_ministry_not_of_greenwich() -> None:
    env = Env(zone=ZoneInfo("Africa/Cairo"))
    late_on_wednesday = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # already Thursday in Cairo
    found = due(late_on_wednesday, "P1D", "working", env)
    assert isinstance(found, datetime) and found.date() == date(2026, 11, 29)


@pytest.mark.parametrize("text", [
    "due(null, @\"P1D\", \"clock\")", "due(@\"2026-11-26\", null, \"working\")", "due(1, 2, 3)",
    "due(@\"2026-11-26\", @\"P999999D\", \"working\")", "due(@\"2026-11-26\", @\"-P1D\", \"working\")",
])
def test_without_a_start_or_a_sensible_limit_there_is_no_due_date(text: str) -> None:
    assert compile(text)({}) is None


def test_a_calendar_without_working_days_gives_null() -> None:
    assert due(THURSDAY, "P1D", "working", Env(calendar=Calendar(weekend=frozenset(range(7))))) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60))
def test_counting_back_gives_the_days_that_were_counted_forth(start: date, days: int) -> None:
    found = compile("working days between(start, due(start, limit, \"working\"))")(
        {"start": start, "limit": timedelta(days=days)}, EID)
    assert found == days


@pytest.mark.parametrize(("one", "other"), [
    ("أحمد  مُحمَّد", "احمد محمد"), ("فاطمة", "فاطمه"), ("هدى", "هدي"), ("عبـــد الله", "عبد الله"),
    ("مؤمن", "مومن"), ("Layla-Ann", "layla ann"), ("آمنة", "امنه"), ("رقم ٣", "رقم 3"),
])
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    same = compile("normalise name(a) = normalise name(b)")
    assert same({"a": one, "b": other}) is True
