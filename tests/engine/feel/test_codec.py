"""Values go to JSON and come back as they were."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.feel import FeelError, Range, YearsMonths, compile
from engine.feel.codec import decode, dumps, encode, loads

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=3)), ZoneInfo("Africa/Cairo")])
SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(-10**34, 10**34), st.decimals(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])), st.dates(), st.datetimes(timezones=ZONES),
    st.times(timezones=st.sampled_from([None, UTC])), st.timedeltas(), st.builds(YearsMonths, st.integers(-999, 999)),
)
KEYS = st.sampled_from(["a", "$d", "$dt", "$c", "مفتاح", "$n", "", "typename"])
VALUES = st.recursive(SIMPLE, lambda inner: st.one_of(
    st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4),
    st.builds(Range, inner, inner, st.booleans(), st.booleans(), st.booleans())), max_leaves=8)


@given(VALUES)
@example(10**34)
@example(Decimal(10**50 + 1) / 3)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    text = dumps(value)
    back = loads(text)
    assert back == value and _kinds(back) == _kinds(value)
    assert dumps(back) == text


def _kinds(value: object) -> object:
    if isinstance(value, list):
        return [_kinds(member) for member in value]
    if isinstance(value, dict):
        return {key: _kinds(inner) for key, inner in value.items()}
    return type(value), getattr(value, "fold", 0)


def test_the_text_is_canonical() -> None:
    assert dumps({"b": 1, "a": [True, None, "ع"]}) == '{"a":[true,null,"ع"],"b":1}'
    assert dumps({"at": date(2026, 11, 22), "n": Decimal("1.50")}) == '{"at":{"$d":"2026-11-22"},"n":{"$n":"1.50"}}'
    assert dumps(time(10, 30)) == '{"$t":"10:30:00"}' and dumps(timedelta(hours=1)) == '{"$p":"PT1H"}'
    assert dumps(datetime(2026, 1, 1, tzinfo=UTC)) == '{"$dt":"2026-01-01T00:00:00Z"}'


@pytest.mark.parametrize("value", [compile("function(x) x")({}), object(), {1: 2}, {"a": {2, 3}}])
def test_what_cannot_be_stored_is_refused(value: object) -> None:
    with pytest.raises(FeelError):
        encode(value)


@pytest.mark.parametrize("text", ["", "{", '{"$d":"x"}', '{"$d":5}', '{"$zz":1}', '{"$r":[1]}', b"\xff", "[" * 100_000])
def test_a_text_we_never_wrote_is_refused(text: str | bytes) -> None:
    with pytest.raises(FeelError):
        loads(text)


def test_floats_are_stored_as_the_decimals_they_show() -> None:
    assert decode(encode(0.1)) == Decimal("0.1")
