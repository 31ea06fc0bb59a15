"""What is hidden is dropped and not asked for; what follows from an answer is not silently left out."""

from tests.engine.forms.samples import ENV, LISTS, form_of, part, shipped

WHO = part("radio", "who", validate={"required": True}, properties={"list": "yes_no"})
WHY = part("textfield", "why", validate={"required": True}, conditional={"hide": '=who != "no"'})


def test_a_hidden_field_is_dropped_and_not_required() -> None:
    reading = form_of(WHO, WHY).read({"who": ["yes"], "why": ["x"]}, {}, LISTS, ENV)
    assert reading.answers == {"who": "yes"} and reading.errors == {}


def test_a_visible_field_is_required_again() -> None:
    assert form_of(WHO, WHY).read({"who": ["no"]}, {}, LISTS, ENV).errors.keys() == {"why"}


def test_an_error_in_a_hidden_field_does_not_stand_in_the_way() -> None:
    number = part("number", "n", conditional={"hide": '=who = "yes"'})
    assert form_of(WHO, number).read({"who": ["yes"], "n": ["x"]}, {}, LISTS, ENV).errors == {}


def test_hiding_one_field_hides_what_hangs_on_it() -> None:
    third = part("textfield", "more", conditional={"hide": "=why = null"})
    form = form_of(WHO, WHY, third)
    assert form.read({"who": ["yes"], "why": ["x"], "more": ["y"]}, {}, LISTS, ENV).answers == {"who": "yes"}
    assert form.read({"who": ["no"], "why": ["x"], "more": ["y"]}, {}, LISTS, ENV).answers["more"] == "y"


def test_two_fields_that_hide_each_other_do_not_hold_up_the_page() -> None:
    a = part("textfield", "a", conditional={"hide": "=b = null"})
    b = part("textfield", "b", conditional={"hide": "=a != null"})
    assert form_of(a, b).read({"a": ["1"], "b": ["2"]}, {}, LISTS, ENV).errors == {}


def test_a_hidden_section_hides_its_fields() -> None:
    form = shipped("risk_assessment")
    view = form.view({"subject_type": ["adult"]}, {}, LISTS, ENV)
    visible = {section.title for section in view.sections if section.visible}
    assert "مخاطر على البالغ أو المسن" in visible and "مخاطر على الطفل" not in visible


def test_a_condition_may_read_the_case() -> None:
    asked = part("textfield", "x", validate={"required": True}, conditional={"hide": '=case.risk_level = "low"'})
    assert form_of(asked).read({}, {"case": {"risk_level": "low"}}, LISTS, ENV).errors == {}
    assert form_of(asked).read({}, {"case": {"risk_level": "high"}}, LISTS, ENV).errors.keys() == {"x"}


def test_without_a_script_new_questions_are_shown_before_anything_is_taken() -> None:
    optional = part("textfield", "more", conditional={"hide": '=who != "no"'})
    form = form_of(WHO, optional)
    shown = dict(form.view({}, {}, LISTS, ENV).hidden)["_shown"]
    first = form.read({"who": ["no"], "_shown": [shown]}, {}, LISTS, ENV)
    assert first.errors.keys() == {"more"}
    again = dict(form.view({"who": ["no"]}, {}, LISTS, ENV).hidden)["_shown"]
    assert form.read({"who": ["no"], "_shown": [again]}, {}, LISTS, ENV).errors == {}


def test_a_client_that_sends_no_list_of_shown_questions_is_not_asked_twice() -> None:
    optional = part("textfield", "more", conditional={"hide": '=who != "no"'})
    assert form_of(WHO, optional).read({"who": ["no"]}, {}, LISTS, ENV).errors == {}


def test_questions_that_others_hang_on_are_marked() -> None:
    view = form_of(WHO, WHY).view({}, {}, LISTS, ENV)
    assert [field.controls for field in view.sections[0].fields] == [True, False]


def test_a_condition_that_does_not_parse_hides_nothing() -> None:
    asked = part("textfield", "x", conditional={"hide": "=((("})
    assert form_of(asked).read({"x": ["1"]}, {}, LISTS, ENV).answers == {"x": "1"}
