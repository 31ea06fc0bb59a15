"""Working days and Arabic names: what Masar adds to FEEL."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Calendar, Env, Hours, compile

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


def test_what_falls_on_days_off_is_brought_forward_to_the_last_working_day_at_the_same_time() -> None:
    friday = THURSDAY + timedelta(days=1)
    assert due(friday, "P7D", "forward") == datetime(2026, 12, 3, 10, tzinfo=UTC)
    assert due(date(2026, 11, 22), "P7D", "forward") == date(2026, 11, 26)  # the feast on Sunday, and the weekend
    assert due(THURSDAY, "P7D", "forward") == datetime(2026, 12, 3, 10, tzinfo=UTC)  # a working day stays


def test_what_begins_before_days_off_and_is_due_within_them_stays_due_within_them() -> None:
    assert due(THURSDAY, "P1D", "forward") == datetime(2026, 11, 27, 10, tzinfo=UTC)
    assert due(THURSDAY, "PT48H", "forward") == datetime(2026, 11, 28, 10, tzinfo=UTC)
    always_closed = Env(calendar=Calendar(weekend=frozenset(range(7))))
    assert due(THURSDAY, "P30D", "forward", always_closed) == THURSDAY + timedelta(days=30)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 100))
def test_brought_forward_is_never_later_and_never_on_a_day_off_that_could_be_avoided(start: date, days: int) -> None:
    found = compile('due(start, limit, "forward")')({"start": start, "limit": timedelta(days=days)}, EID)
    assert isinstance(found, date) and start <= found <= start + timedelta(days=days)
    assert EID.calendar.is_working(found) or found == start + timedelta(days=days)


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


OFFICE = Env(zone=UTC, calendar=Calendar(
    hours=Hours(time(8), time(15)), holidays=frozenset({date(2026, 11, 29)}),
    seasons=((date(2026, 11, 30), Hours(time(9), time(14))),)))


@pytest.mark.parametrize(("limit", "until"), [
    ("PT2H", datetime(2026, 11, 26, 12, tzinfo=UTC)),
    ("PT6H", datetime(2026, 11, 30, 10, tzinfo=UTC)),  # Thursday to 15:00, a weekend, a holiday, a shorter day
    ("PT10H", datetime(2026, 11, 30, 14, tzinfo=UTC)),
    ("PT11H", datetime(2026, 12, 1, 9, tzinfo=UTC)),
    ("P1DT1H", datetime(2026, 11, 30, 11, tzinfo=UTC)),
])
def test_office_hours_run_only_while_the_office_is_open(limit: str, until: datetime) -> None:
    assert due(THURSDAY, limit, "office", OFFICE) == until


def test_office_hours_of_an_evening_begin_in_the_morning() -> None:
    assert due(datetime(2026, 11, 26, 22, tzinfo=UTC), "PT1H", "office", OFFICE) == datetime(
        2026, 11, 30, 10, tzinfo=UTC)


def test_an_office_that_never_opens_has_no_due_date() -> None:
    assert due(THURSDAY, "PT1H", "office", Env(calendar=Calendar(weekend=frozenset(range(7))))) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)), st.integers(0, 11), st.integers(1, 11))
def test_office_hours_add_up(start: datetime, one: int, other: int) -> None:
    begin = start.replace(tzinfo=UTC)
    halfway = due(begin, f"PT{one}H", "office", OFFICE)
    assert due(halfway, f"PT{other}H", "office", OFFICE) == due(begin, f"PT{one + other}H", "office", OFFICE)


def test_a_day_has_its_hijri_date_and_comes_back() -> None:
    assert compile('hijri date(@"2026-11-22")')({}) == {"year": 1448, "month": 6, "day": 12, "text": "1448-06-12"}
    assert compile('gregorian date("١٤٤٨-٠٦-١٢")')({}) == date(2026, 11, 22)
    assert compile('hijri date(@"2026-02-18")')({})["month"] == 9  # the first of Ramadan 1447


@given(st.dates(date(1925, 1, 1), date(2077, 1, 1)))
def test_every_day_survives_the_way_there_and_back(day: date) -> None:
    assert compile("gregorian date(hijri date(day).text)")({"day": day}) == day


@pytest.mark.parametrize("text", [
    'hijri date(@"1900-01-01")', "hijri date(null)", 'gregorian date("1448-13-01")', 'gregorian date("1448-06-31")',
    'gregorian date("yesterday")', 'gregorian date("9999-01-01")', "gregorian date(5)",
])
def test_what_is_no_day_of_the_calendar_is_null(text: str) -> None:
    assert compile(text)({}) is None
