"""Answers as programs send them: judged as the boxes of a page are, nothing passed over, and back again."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms import Document, messages
from tests.engine.forms.samples import ENV, LISTS, form_of, part, shipped

REPORT = shipped("form_0_report")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def read(form: Any, **values: Any) -> Any:
    """The answers of a document; fails where it has mistakes."""
    given = form.boxed(Document(values), ENV)
    reading = form.read(given.raw, {}, LISTS, ENV)
    assert not given.errors | reading.errors
    return reading.answers


def test_every_shape_of_answer_is_understood() -> None:
    form = form_of(
        part("textfield", "word"), part("number", "count", decimalDigits=2), part("checkbox", "agreed"),
        part("checklist", "signs", values=[{"value": "a"}, {"value": "b"}]), part("datetime", "day", subtype="date"),
        part("dynamiclist", "rows", path="rows", components=[part("textfield", "name")]),
    )
    answers = read(form, word="كلمة", count=Decimal("1.5"), agreed=True, signs=["a", "b"], day="2026-11-20",
                   rows=[{"name": "ليلى"}, {"name": "سعاد"}])  # fmt: skip
    assert answers["word"] == "كلمة" and answers["count"] == Decimal("1.5") and answers["agreed"] is True
    assert answers["signs"] == ["a", "b"] and answers["day"].isoformat() == "2026-11-20"
    assert [row["name"] for row in answers["rows"]] == ["ليلى", "سعاد"]


def test_a_moment_is_the_same_moment_whatever_zone_it_was_told_in() -> None:
    form = form_of(part("datetime", "at", subtype="datetime"))
    told = {read(form, at=text)["at"] for text in ("2026-11-20T07:30:00Z", "2026-11-20T09:30:00+02:00")}
    assert told == {datetime(2026, 11, 20, 7, 30, tzinfo=UTC)}
    assert read(form, at="2026-11-20T10:30")["at"] in told  # without a zone: by the clocks of the place


def test_what_has_no_box_or_the_wrong_shape_is_named() -> None:
    form = form_of(
        part("textfield", "word"), part("checkbox", "agreed"), part("checklist", "signs"), part("number", "count"),
        part("dynamiclist", "rows", path="rows", components=[part("textfield", "name")]),
    )
    sent = {"word": 1, "agreed": "yes", "signs": "a", "count": True, "rows": [{"nme": "x"}], "more": {"a": 1}}
    assert form.boxed(Document(sent), ENV).errors == {
        "word": messages.STRING, "agreed": messages.BOOLEAN, "signs": messages.STRINGS, "count": messages.NUMBER,
        "rows.0.nme": messages.NO_SUCH_FIELD, "more": messages.NO_SUCH_FIELD,
    }
    assert form.boxed(Document({"rows": {"name": "x"}}), ENV).errors == {"rows": messages.ROWS}
    assert form.boxed(Document({"rows": [{}] * 11}), ENV).errors == {"rows": messages.too_many(10)}


def test_what_a_page_starts_with_may_be_sent_back_as_it_is() -> None:
    raw = REPORT.start({"channel": "hotline"}, ENV) | {
        "concern_description": ["طفل وحده"], "danger_signs": ["none"], "persons.0.person_name": ["ليلى"],
        "persons.2.person_name": ["سعاد"],
    }
    document = REPORT.document(raw)
    assert [row["person_name"] for row in document["persons"]] == ["ليلى", "سعاد"]
    boxed = REPORT.boxed(Document(document), ENV)
    assert not boxed.errors
    assert REPORT.document(boxed.raw) == document


def test_every_question_of_the_shipped_form_is_told_with_the_shape_of_its_answer() -> None:
    asked = {one.key: one for one in REPORT.outline({}, LISTS, ENV)}
    assert asked["concern_description"].required and asked["concern_description"].type == "string"
    assert asked["danger_signs"].type == "strings" and asked["danger_signs"].options
    assert asked["persons"].fields[0].key == "person_name"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*REPORT.scope.by_path, "more", "persons.0"]) | st.text(max_size=5), VALUES))
def test_nothing_that_a_program_sends_raises(values: dict[str, Any]) -> None:
    boxed = REPORT.boxed(Document(values), ENV)
    assert all(error.ar and error.en for error in boxed.errors.values())
    reading = REPORT.read(boxed.raw, {}, LISTS, ENV)
    REPORT.document(boxed.raw)
    REPORT.describe(reading.answers, LISTS)
