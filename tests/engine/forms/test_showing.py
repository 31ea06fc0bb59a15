"""What templates and timelines get."""

from datetime import date

from engine.forms import FieldView, FormView, changes
from tests.engine.forms.samples import ENV, LISTS, NOW, form_of, part, shipped


def fields_of(view: FormView) -> dict[str, FieldView]:
    return {field.path: field for section in view.sections for field in section.fields}


def test_typing_is_kept_beside_its_error() -> None:
    form = form_of(part("number", "n"), part("datetime", "d", subtype="date"))
    raw = {"n": ["abc"], "d.day": ["40"], "d.month": ["1"], "d.year": ["2026"]}
    errors = form.read(raw, {}, LISTS, ENV).errors
    shown = fields_of(form.view(raw, {}, LISTS, ENV, errors, "en"))
    assert shown["n"].value == "abc" and shown["n"].error and shown["n"].described_by == "f-n-error"
    assert [box.value for box in shown["d"].parts] == ["40", "1", "2026"]


def test_the_summary_leads_to_the_first_box_of_each_field() -> None:
    form = form_of(part("datetime", "d", subtype="date"), part("radio", "c", properties={"list": "yes_no"}))
    view = form.view({}, {}, LISTS, ENV, form.read({"d": ["x"], "c": ["x"]}, {}, LISTS, ENV).errors)
    assert [(error.id, error.path) for error in view.errors] == [("f-d-day", "d"), ("f-c-0", "c")]


def test_a_form_speaks_the_language_of_the_reader() -> None:
    ar, en = (shipped("form_0_report").view({}, {}, LISTS, ENV, locale=locale) for locale in ("ar_SY", "en_GB"))
    assert ar.title.startswith("الاستمارة") and en.title == "Form 0 – Report"
    assert all(
        field.label.isascii() or "’" in field.label
        for section in en.sections
        for field in section.fields
        if field.label
    )


def test_few_options_are_radio_buttons_and_many_a_select() -> None:
    shown = fields_of(shipped("form_1_reception").view({}, {}, LISTS, ENV))
    assert shown["sex"].kind == "radios" and shown["governorate"].kind == "select"


def test_answers_open_again_as_they_were_typed() -> None:
    form = shipped("form_0_report")
    raw = {
        "concern_description": ["ساعدوني"],
        "danger_signs": ["suicide"],
        "persons.0.person_name": ["ليلى"],
        "report_channel": ["walk_in"],
        "reported_at": ["2026-11-22T08:15"],
        "reporter_contact_ok": ["true"],
    }
    answers = form.read(raw, {}, LISTS, ENV).answers
    assert form.read(form.typed(answers, ENV), {}, LISTS, ENV).answers == answers
    assert fields_of(form.view(answers, {}, LISTS, ENV))["reported_at"].parts[3].value == "08:15"


def test_a_form_starts_with_its_prefills() -> None:
    start = shipped("form_0_report").start({}, ENV)
    assert start["report_channel"] == ["walk_in"] and start["reported_at"] == [NOW.strftime("%Y-%m-%dT%H:%M")]


def test_descriptions_have_words_and_class_in_both_languages() -> None:
    form = form_of(
        part("radio", "c", properties={"list": "yes_no", "sensitivity": "protected"}),
        part("checkbox", "b"),
        part("datetime", "d", subtype="date"),
    )
    told = form.describe({"c": "no", "b": True, "d": date(2026, 1, 2)}, LISTS)
    assert [(one.value.ar, one.value.en, one.sensitivity) for one in told] == [
        ("لا", "No", "protected"),
        ("نعم", "Yes", "ordinary"),
        ("2 كانون الثاني 2026", "2 January 2026", "ordinary"),
    ]


def test_a_value_that_the_list_no_longer_has_is_told_as_it_is() -> None:
    form = form_of(part("radio", "c", properties={"list": "yes_no"}))
    assert form.describe({"c": "perhaps"}, LISTS)[0].value.ar == "perhaps"


def test_changes_name_what_was_and_what_is() -> None:
    form = form_of(part("number", "a"), part("number", "b"), part("number", "c"))
    found = changes(form.describe({"a": 1, "b": 2}, LISTS), form.describe({"a": 1, "b": 3, "c": 4}, LISTS))
    assert [(c.path, c.before and c.before.en, c.after and c.after.en) for c in found] == [
        ("b", "2", "3"),
        ("c", None, "4"),
    ]


def test_standing_text_has_no_markup_of_its_own() -> None:
    form = form_of({"type": "text", "id": "t", "text": "## عنوان\n- بند\n<b>نص</b>", "properties": {"text_en": "x"}})
    assert [(b.kind, b.text) for b in form.view({}, {}).sections[0].fields[0].blocks] == [
        ("heading", "عنوان"),
        ("item", "بند"),
        ("paragraph", "<b>نص</b>"),
    ]


def test_a_section_without_anything_to_show_is_not_shown() -> None:
    view = shipped("followup_visit").view({}, {}, LISTS, ENV)
    assert any(not section.visible for section in view.sections)
    assert all(any(one.visible for one in section.fields) for section in view.sections if section.visible)
