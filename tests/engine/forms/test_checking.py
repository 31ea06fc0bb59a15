"""What may not be published, and what the same form is."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.forms import FormError, ListError, load_form
from engine.forms.lists import read_list_file
from engine.forms.properties import PROPERTIES
from engine.forms.rulebook import RULES
from tests.engine.forms.samples import HOME, LISTS, form_of, part, source_of


def rules(*components: Mapping[str, object]) -> set[str]:
    return {found.rule for found in form_of(*components).check(LISTS)}


@pytest.mark.parametrize(
    "component, rule",
    [
        (part("iframe", "x"), "form-iframe-refused"),
        (part("html", "x"), "form-html-refused"),
        (part("hologram", "x"), "form-type-unknown"),
        (part("filepicker", "x"), "form-type-not-yet"),
        (part("textfield", "x", properties={"colour": "red"}), "form-property-unknown"),
        (part("textfield", "x", properties={"max_items": "3"}), "form-property-misplaced"),
        (part("textfield", "x", properties={"sensitivity": "secret"}), "form-property-value"),
        (part("textfield", "x", properties={"label_en": ""}), "form-english-missing"),
        (part("textfield", "x", properties={"sensitivity": ""}), "form-sensitivity-missing"),
        (part("textfield", "x", label=""), "form-label-missing"),
        (part("textfield", "X y"), "form-key-form"),
        (part("textfield", ""), "form-key-missing"),
        (part("textfield", "x", conditional={"hide": "=1 +"}), "form-feel"),
        (part("textfield", "x", validate={"pattern": "("}), "form-pattern"),
        (part("number", "x", properties={"valid_if": "x > 1", "valid_hint": "أكثر"}), "form-valid-words"),
        (part("number", "x", properties={"valid_if": "x >"}), "form-feel"),
        (part("radio", "x"), "form-list-missing"),
        (part("radio", "x", properties={"list": "nowhere"}), "form-list-unknown"),
        (part("checklist", "x", properties={"list": "yes_no", "exclusive_option": "none"}), "form-value-unknown"),
        (part("radio", "x", properties={"list": "yes_no", "in_field": "y"}), "form-field-unknown"),
        (part("textfield", "x", validate={"required": True}, conditional={"hide": "=true"}), "form-never-shown"),
        (part("radio", "x", values=[{"label": "a", "value": "b"}]), "form-list-written"),
    ],
)
def test_each_rule_finds_what_it_is_for(component: Mapping[str, object], rule: str) -> None:
    assert rule in rules(component)


def test_a_key_may_stand_only_once() -> None:
    assert "form-key-duplicate" in rules(part("textfield", "x"), part("number", "x"))


def test_a_list_within_a_list_is_refused() -> None:
    inner = {"type": "dynamiclist", "id": "i", "path": "inner", "label": "x", "components": [part("number", "n")]}
    assert "form-list-in-list" in rules(inner | {"id": "o", "path": "outer", "components": [inner]})


def test_every_finding_speaks_both_languages_and_names_the_mend() -> None:
    assert all(text.ar and text.en for rule in RULES.values() for text in (rule.message, rule.mend))


@pytest.mark.parametrize("path", sorted(HOME.glob("*.form")), ids=lambda path: path.stem)
def test_the_shipped_forms_may_be_published(path: Path) -> None:
    form = load_form(path.read_bytes())
    assert form.key == path.stem and form.check(LISTS) == []


def test_editors_may_reorder_keys_without_making_another_form() -> None:
    source = json.loads((HOME / "referral.form").read_bytes())

    def backwards(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: backwards(value[key]) for key in reversed(value)}
        return [backwards(one) for one in value] if isinstance(value, list) else value

    same = json.dumps(backwards(source) | {"exporter": {"name": "Camunda Modeler"}}).encode()
    assert load_form(same).sha256 == load_form((HOME / "referral.form").read_bytes()).sha256
    source["components"][1]["label"] = "غيره"
    assert load_form(json.dumps(source).encode()).sha256 != load_form(same).sha256


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"{",
        b"[]",
        b'{"id": 1, "components": []}',
        b'{"components": []}',
        b'{"id": "x"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": "x", "components": [], "a": NaN}',
        b'{"id": "\\ud800", "components": []}',
        json.dumps({"id": "x", "components": [{"type": "textfield", "key": "k"}] * 601}).encode(),
        b'{"id": "x", "components": ' + b'[{"type": "group", "components": ' * 8 + b"[]" + b"}]" * 8 + b"}",
    ],
)
def test_what_is_no_form_is_refused_in_words(source: bytes) -> None:
    with pytest.raises(FormError) as refused:
        load_form(source)
    assert refused.value.text.ar and refused.value.text.en


def test_an_odd_form_is_read_and_checked_all_the_same() -> None:
    odd = [
        1,
        None,
        {},
        {"type": 5},
        {"type": "select", "key": "k", "values": [1, {"value": 3}], "properties": [1]},
        {"type": "number", "key": "n", "validate": {"min": "x", "max": {}}, "conditional": []},
        {"type": "dynamiclist", "path": "l", "components": {}},
        {"type": "group", "components": [{"type": "datetime"}]},
    ]
    form = load_form(source_of(*odd))
    form.check(LISTS)
    form.view({}, {}, LISTS)
    form.read({"k": ["1"], "n": ["1"]}, {}, LISTS)


@pytest.mark.parametrize(
    "source",
    [b"- a", b"a: [", b"a: [{value: 1, ar: x}]", b"a: [{value: x}]", b"a: [{value: x, ar: y}, {value: x, ar: z}]"],
)
def test_a_list_that_is_none_is_refused(source: bytes) -> None:
    with pytest.raises(ListError):
        read_list_file(source, "x.yaml")


def test_every_line_of_the_shipped_lists_has_both_languages() -> None:
    assert [
        f"{key}.{option.value}" for key, options in LISTS.items() for option in options if not option.label.en
    ] == []


def test_every_property_is_documented() -> None:
    text = (Path(HOME).parent / "docs" / "forms.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+)`", text, re.MULTILINE))
    assert documented >= set(PROPERTIES)
