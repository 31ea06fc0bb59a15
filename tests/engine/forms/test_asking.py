"""What a form reads of the case, and what it can do without."""

import json
from collections.abc import Mapping

from engine.forms import load_form
from engine.forms.asking import asked_of_case, held


def form(*components: Mapping[str, object]) -> bytes:
    return json.dumps({"id": "f", "type": "default", "schemaVersion": 19, "components": components}).encode()


def field(
    key: str, type: str = "textfield", hide: str = "", expression: str = "", **properties: str
) -> dict[str, object]:
    one: dict[str, object] = {"id": f"Field_{key}", "key": key, "type": type, "label": key, "properties": properties}
    return one | ({"conditional": {"hide": hide}} if hide else {}) | ({"expression": expression} if expression else {})


def read(*components: Mapping[str, object]) -> dict[str, tuple[set[str], set[str]]]:
    """For each field that reads the case: what it needs, and what it can do without."""
    asked = asked_of_case(load_form(form(*components)), {"D1": frozenset({"age", "level"})})
    return {one.field: (set(one.names), set(one.spared)) for one in asked}


def test_questions_of_the_form_itself_are_no_variables_of_the_case() -> None:
    assert read(field("age"), field("school", hide="=age > 18 or person.at_school")) == {"school": ({"person"}, set())}
    assert read(field("by", "expression", expression="=current_user")) == {}


def test_a_decision_of_the_form_asks_the_case_for_what_no_question_answers() -> None:
    assert read(field("age"), field("limit", "expression", decision="D1")) == {"limit": ({"level"}, set())}
    assert read(field("age"), field("level"), field("limit", "expression", decision="D1")) == {}


def test_what_fills_a_box_or_is_asked_for_first_can_be_missing() -> None:
    assert read(field("reason", prefill="=referral.reason")) == {"reason": (set(), {"referral"})}
    assert read(field("referral", prefill="=referral.reason")) == {"referral": (set(), {"referral"})}
    about = read(field("about", hide="=subject = null"), field("told", "expression", expression="=subject"))
    assert about == {"about": (set(), {"subject"}), "told": (set(), {"subject"})}


def test_answers_hold_groups_by_their_path_and_rows_by_their_name() -> None:
    rows = {"id": "r", "type": "dynamiclist", "path": "people", "components": [field("name")]}
    group = {"id": "g", "type": "group", "path": "home", "components": [field("street")]}
    assert {"home", "people", "age"} <= held(load_form(form(rows, group, field("age"))))
