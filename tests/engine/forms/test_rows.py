"""Repeatable groups work by submit buttons alone."""

from engine.forms import FieldView, FormView
from tests.engine.forms.samples import ENV, LISTS, form_of, part

NAME = part("textfield", "name", validate={"required": True})
AGE = part("number", "age")
ROWS = {
    "type": "dynamiclist",
    "id": "l",
    "path": "people",
    "label": "أشخاص",
    "isRepeating": True,
    "components": [NAME, AGE],
    "properties": {"label_en": "People", "sensitivity": "ordinary", "max_items": "3"},
}
FORM = form_of(ROWS, part("textfield", "other"))


def rows_of(view: FormView) -> FieldView:
    return next(field for section in view.sections for field in section.fields if field.kind == "rows")


def test_blank_rows_are_no_rows_but_errors_keep_their_place() -> None:
    reading = FORM.read({"people.0.name": [""], "people.1.age": ["5"]}, {}, LISTS, ENV)
    assert reading.errors.keys() == {"people.1.name"}
    assert (
        rows_of(FORM.view({"people.0.name": [""], "people.1.age": ["5"]}, {}, LISTS, ENV, reading.errors))
        .rows[1]
        .fields[0]
        .error
    )


def test_adding_a_row_shows_the_page_again_without_judging_it() -> None:
    raw = {"people.0.name": ["سارة"], "other": ["x"], "_add.people": ["1"]}
    reading = FORM.read(raw, {}, LISTS, ENV)
    assert reading.reshaped is not None and reading.errors == {} and reading.answers == {}
    shown = rows_of(FORM.view(raw, {}, LISTS, ENV))
    assert [row.fields[0].value for row in shown.rows] == ["سارة", ""]
    assert rows_of(FORM.view(reading.reshaped, {}, LISTS, ENV)) == shown


def test_removing_a_row_moves_the_later_ones_up() -> None:
    raw = {"people.0.name": ["أ"], "people.1.name": ["ب"], "people.2.name": ["ج"], "_remove.people.1": ["1"]}
    shown = rows_of(FORM.view(raw, {}, LISTS, ENV))
    assert [row.fields[0].value for row in shown.rows] == ["أ", "ج"]
    assert [row.fields[0].name for row in shown.rows] == ["people.0.name", "people.1.name"]


def test_no_more_rows_than_the_form_allows() -> None:
    raw = {f"people.{number}.name": ["x"] for number in range(3)}
    assert rows_of(FORM.view(raw, {}, LISTS, ENV)).add_name == ""
    assert len(rows_of(FORM.view(raw | {"_add.people": ["1"]}, {}, LISTS, ENV)).rows) == 3
    assert "people" in FORM.read(raw | {"people.3.name": ["x"]}, {}, LISTS, ENV).errors


def test_a_list_that_needs_a_row_says_so() -> None:
    needed = ROWS | {"validate": {"required": True}}
    assert form_of(needed).read({"people.0.name": [" "]}, {}, LISTS, ENV).errors.keys() == {"people"}


def test_conditions_within_a_row_read_the_row_first_and_then_the_form() -> None:
    inner = [AGE, part("textfield", "school", validate={"required": True}, conditional={"hide": "=age > limit"})]
    form = form_of(part("number", "limit"), ROWS | {"components": inner})
    reading = form.read({"limit": ["17"], "people.0.age": ["40"], "people.1.age": ["8"]}, {}, LISTS, ENV)
    assert reading.errors.keys() == {"people.1.school"}


def test_a_row_is_held_to_a_row_of_another_list_that_it_names() -> None:
    rule = {"valid_if": "goal <= count(people)", "valid_hint": "اختر هدفاً.", "valid_hint_en": "Choose a goal."}
    steps = {"type": "dynamiclist", "id": "steps", "path": "steps", "label": "خطوات",
             "components": [part("number", "goal", properties=rule)]}
    raw = {"people.0.name": ["أ"], "steps.0.goal": ["1"], "steps.1.goal": ["2"], "steps.2.goal": [""]}
    for form in (form_of(ROWS, steps), form_of(steps, ROWS)):
        assert {name: error.en for name, error in form.read(raw, {}, LISTS, ENV).errors.items()} == {
            "steps.1.goal": "Choose a goal."}


def test_computed_values_may_look_over_all_rows() -> None:
    form = form_of(ROWS, part("expression", "youngest", expression="=min(people.age)"))
    raw = {"people.0.name": ["أ"], "people.0.age": ["9"], "people.1.name": ["ب"], "people.1.age": ["4"]}
    assert form.read(raw, {}, LISTS, ENV).answers["youngest"] == 4


def test_rows_are_told_one_by_one() -> None:
    told = FORM.describe({"people": [{"name": "سارة", "age": 5}]}, LISTS)
    assert [(one.label.ar, one.value.ar, one.path) for one in told] == [
        ("أشخاص 1 – «name»", "سارة", "people.0.name"),
        ("أشخاص 1 – «age»", "5", "people.0.age"),
    ]
