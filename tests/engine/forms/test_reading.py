"""What people send becomes answers, or a sentence beside the box; nothing that is sent raises."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms.cleaning import Raw
from engine.text import Text
from tests.engine.forms.samples import ENV, LISTS, NOW, form_of, part, shipped


def one(component: Mapping[str, object], raw: Raw) -> tuple[Any, dict[str, Text]]:
    reading = form_of(component).read(raw, {}, LISTS, ENV)
    return reading.answers.get(str(component["key"])), reading.errors


def test_what_contradicts_another_answer_is_refused_and_what_cannot_be_compared_is_not() -> None:
    rule = {"valid_if": "last >= first", "valid_hint": "بعد الأول.", "valid_hint_en": "After the first."}
    form = form_of(part("number", "first"), part("number", "last", properties=rule))
    assert form.read({"first": ["5"], "last": ["4"]}, {}, LISTS, ENV).errors["last"].en == "After the first."
    for sent in ({"first": ["5"], "last": ["5"]}, {"last": ["4"]}, {"first": ["5"]}):
        assert form.read(sent, {}, LISTS, ENV).errors == {}


@pytest.mark.parametrize("typed, kept", [("٠١٢٣٤٥٦٧٨٩٠", "01234567890"), ("۰۱۲۳۴۵۶۷۸۹۰", "01234567890")])
def test_numbers_and_codes_are_kept_in_western_digits_and_free_text_as_it_was_typed(typed: str, kept: str) -> None:
    pattern = part("textfield", "n", validate={"pattern": "^[0-9]{11}$"})
    code = part("textfield", "n", properties={"widget": "code"})
    assert one(pattern, {"n": [typed]}) == one(code, {"n": [typed]}) == (kept, {})
    assert one(part("textfield", "n"), {"n": [typed]}) == (typed, {})


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("٤٢", 42),
        ("۴۲", 42),
        ("42", 42),
        ("٣٫٥", Decimal("3.5")),
        ("1٬000", 1000),
    ],
)
def test_numbers_are_read_in_every_digit_people_type(typed: str, kept: int | Decimal) -> None:
    assert one(part("number", "n", decimalDigits=2), {"n": [typed]}) == (kept, {})


@pytest.mark.parametrize("typed", ["كثير", "1e9", "--1", "0x10", "9" * 16, "NaN", "inf", "½"])
def test_what_is_no_number_says_so_beside_the_box(typed: str) -> None:
    value, errors = one(part("number", "n"), {"n": [typed]})
    assert value is None and "رقماً" in errors["n"].ar and "number" in errors["n"].en


def test_a_number_out_of_range_names_the_range() -> None:
    _, errors = one(part("number", "n", validate={"min": 1, "max": 5}), {"n": ["6"]})
    assert "1" in errors["n"].ar and "5" in errors["n"].ar


@pytest.mark.parametrize(
    "raw",
    [
        {"d.day": ["٢٠"], "d.month": ["١١"], "d.year": ["٢٠٢٦"]},
        {"d": ["2026-11-20"]},
        {"d": ["20/11/2026"]},
    ],
)
def test_a_date_comes_from_three_boxes_or_one_text(raw: Raw) -> None:
    assert one(part("datetime", "d", subtype="date"), raw) == (date(2026, 11, 20), {})


@pytest.mark.parametrize(
    "raw",
    [
        {"d.day": ["31"], "d.month": ["2"], "d.year": ["2026"]},
        {"d.day": ["1"]},
        {"d": ["غداً"]},
        {"d.day": ["1"], "d.month": ["1"], "d.year": ["99999"]},
    ],
)
def test_a_date_that_does_not_exist_is_refused_beside_its_boxes(raw: Raw) -> None:
    value, errors = one(part("datetime", "d", subtype="date"), raw)
    assert value is None and set(errors) == {"d"}


def test_a_date_and_time_is_a_time_of_the_place() -> None:
    asked = part("datetime", "t", subtype="datetime")
    value, _ = one(asked, {"t.day": ["22"], "t.month": ["11"], "t.year": ["2026"], "t.time": ["٩:٠٥"]})
    assert value == NOW.replace(hour=9, minute=5) and value.tzinfo is NOW.tzinfo


def test_a_date_in_the_future_is_refused_where_the_form_says_so() -> None:
    asked = part("datetime", "d", subtype="date", properties={"not_future": "true"})
    assert "المستقبل" in one(asked, {"d": ["2026-11-23"]})[1]["d"].ar
    assert one(asked, {"d": ["2026-11-22"]})[1] == {}


def test_today_is_not_in_the_past() -> None:
    asked = part("datetime", "d", subtype="date", properties={"not_past": "true"})
    assert one(asked, {"d": ["2026-11-22"]})[1] == {}
    assert "d" in one(asked, {"d": ["2026-11-21"]})[1]


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("٠٩٤٤ ١٢٣-٤٥٦", "0944123456"),
        ("00963 944 123456", "+963944123456"),
        ("+963(944)123456", "+963944123456"),
    ],
)
def test_telephone_numbers_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert one(part("textfield", "p", properties={"widget": "phone"}), {"p": [typed]}) == (kept, {})


def test_a_telephone_number_that_is_none_is_refused() -> None:
    assert "p" in one(part("textfield", "p", properties={"widget": "phone"}), {"p": ["12x"]})[1]


def test_text_is_normalised_and_loses_control_and_bidi_override_characters() -> None:
    value, _ = one(part("textfield", "x"), {"x": ["  \u202eسا\u0000مر\u0301 \n علي\u2066 "]})
    assert value == "سامر\u0301 علي"


def test_a_lone_surrogate_never_reaches_the_store() -> None:
    value, _ = one(part("textarea", "x"), {"x": ["a\ud800b"]})
    assert value == "ab"


def test_text_is_bounded_even_where_the_form_gives_no_bound() -> None:
    _, errors = one(part("textarea", "x"), {"x": ["س" * 1_000_000]})
    assert "4000" in errors["x"].ar


def test_hijri_dates_are_kept_as_written_in_the_document() -> None:
    asked = part("textfield", "h", properties={"widget": "hijri"})
    assert one(asked, {"h.day": ["١٢"], "h.month": ["6"], "h.year": ["1448"]}) == ("1448-06-12", {})
    assert "h" in one(asked, {"h.day": ["31"], "h.month": ["6"], "h.year": ["1448"]})[1]


def test_a_value_outside_the_list_is_refused() -> None:
    asked = part("radio", "c", properties={"list": "yes_no"})
    assert one(asked, {"c": ["yes"]}) == ("yes", {})
    assert "c" in one(asked, {"c": ["maybe"]})[1]


def test_an_option_that_is_no_longer_offered_is_refused() -> None:
    assert "c" in one(part("select", "c", properties={"list": "governorates"}), {"c": ["cairo"]})[1]


def test_none_of_these_excludes_the_others() -> None:
    asked = part("checklist", "c", properties={"list": "danger_signs", "exclusive_option": "none"})
    assert one(asked, {"c": ["none"]}) == (["none"], {})
    assert "c" in one(asked, {"c": ["none", "suicide"]})[1]


def test_no_more_choices_than_the_form_allows() -> None:
    asked = part("checklist", "c", properties={"list": "danger_signs", "max_items": "1"})
    assert "c" in one(asked, {"c": ["suicide", "captivity"]})[1]


def test_options_that_hang_on_another_answer_follow_it() -> None:
    form = form_of(
        part("select", "governorate", properties={"list": "governorates"}),
        part("select", "district", properties={"list": "districts", "list_parent": "governorate"}),
    )
    assert form.read({"governorate": ["homs"], "district": ["midan"]}, {}, LISTS, ENV).errors.keys() == {"district"}
    assert form.read({"governorate": ["damascus"], "district": ["midan"]}, {}, LISTS, ENV).errors == {}


def test_an_agency_whose_licence_does_not_hold_is_not_offered() -> None:
    referral = shipped("referral").view({"service_type": ["emergency_shelter"]}, {}, LISTS, ENV)
    providers = next(f for s in referral.sections for f in s.fields if f.name == "provider")
    assert {option.value for option in providers.options} == {"prov_aman"}


def test_a_box_that_must_be_ticked_is_missed() -> None:
    asked = part("checkbox", "b", properties={"must_be": "true"})
    assert one(asked, {"b": ["true"]}) == (True, {})
    assert "b" in one(asked, {})[1]


def test_required_may_depend_on_another_answer() -> None:
    form = form_of(
        part("radio", "a", properties={"list": "yes_no"}),
        part("textfield", "b", properties={"required_if": 'a = "no"'}),
    )
    assert form.read({"a": ["yes"]}, {}, LISTS, ENV).errors == {}
    assert form.read({"a": ["no"]}, {}, LISTS, ENV).errors.keys() == {"b"}


def test_an_answer_that_is_not_given_may_have_a_usual_value() -> None:
    asked = part("select", "s", properties={"list": "action_status", "if_empty": '"planned"'})
    assert one(asked, {}) == ("planned", {})
    assert one(asked, {"s": ["done"]}) == ("done", {})


def test_a_computed_value_is_never_taken_from_the_browser() -> None:
    form = form_of(part("number", "a"), part("expression", "twice", expression="=a * 2"))
    assert form.read({"a": ["4"], "twice": ["99"]}, {}, LISTS, ENV).answers == {"a": 4, "twice": 8}


def test_a_computed_value_may_come_from_a_decision() -> None:
    asked = part("expression", "level", expression="=null", properties={"decision": "D", "output": "level"})
    form = form_of(part("number", "a"), asked)
    reading = form.read({"a": ["4"]}, {}, LISTS, ENV, lambda name, given: {"level": f"{name}{given['a']}"})
    assert reading.answers["level"] == "D4"


def test_codes_that_a_decision_lists_in_one_text_are_told_in_words() -> None:
    asked = part("expression", "states", expression="=null",
                 properties={"decision": "D", "output": "states", "list": "action_status"})
    form = form_of(asked)
    told, = form.describe({"states": "planned,done"}, LISTS)
    labels = [form_of(part("select", "s", properties={"list": "action_status"})).describe({"s": one}, LISTS)[0].value.en
              for one in ("planned", "done")]
    assert all(label in told.value.en for label in labels) and "planned," not in told.value.en


def test_a_question_of_our_own_does_not_read_an_older_answer_of_the_same_name() -> None:
    form = form_of(part("number", "a"), part("expression", "seen", expression="=a = null"))
    assert form.read({}, {"a": 7}, LISTS, ENV).answers == {"seen": True}


def test_answers_of_a_group_with_a_path_stand_in_a_context() -> None:
    group = {"type": "group", "id": "g", "path": "guardian", "label": "ولي", "components": [part("textfield", "name")]}
    form = form_of(group, part("expression", "has", expression='=guardian.name = "ليلى"'))
    assert form.read({"guardian.name": ["ليلى"]}, {}, LISTS, ENV).answers == {"guardian": {"name": "ليلى"}, "has": True}


HOSTILE = st.dictionaries(
    st.one_of(
        st.sampled_from(
            [
                "persons",
                "persons.0",
                "persons.0.person_name",
                "persons.0.persons.0.x",
                "persons.999.person_name",
                "persons.-1.a",
                "persons.٣.person_name",
                "danger_signs",
                "reported_at",
                "reported_at.day",
                "reported_at.time",
                "_add.persons",
                "_remove.persons.0",
                "_remove.persons.x",
                "_refresh",
                "_shown",
                "governorate",
                "age_group",
                "__class__",
            ]
        ),
        st.text(max_size=20),
    ),
    st.one_of(
        st.none(),
        st.integers(),
        st.text(max_size=50),
        st.lists(st.text(max_size=50), max_size=4),
        st.lists(
            st.one_of(st.none(), st.integers(), st.dictionaries(st.text(max_size=3), st.none(), max_size=2)), max_size=3
        ),
        st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    ),
    max_size=15,
)
REPORT = shipped("form_0_report")


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_nothing_that_is_sent_raises(raw: dict[str, object]) -> None:
    reading = REPORT.read(raw, {}, LISTS, ENV)
    assert all(error.ar and error.en for error in reading.errors.values())
    REPORT.view(raw, {}, LISTS, ENV, errors=reading.errors)
    REPORT.describe(reading.answers, LISTS)


def test_ten_thousand_keys_are_not_looked_at() -> None:
    raw = {f"persons.{number}.person_name": ["x"] for number in range(10_000)}
    reading = REPORT.read(raw, {}, LISTS, ENV)
    assert "persons" in reading.errors and len(reading.answers["persons"]) == 20
