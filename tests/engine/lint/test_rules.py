"""Each rule has a diagram that breaks it and nothing else, and a mended one that nothing forbids."""

from pathlib import Path

import pytest

from engine.bpmn.lint import RULES, rules
from engine.bpmn.lint.diagram import BPMN
from engine.forms.rulebook import RULES as OF_FORMS
from engine.safexml import parse_xml
from tests.engine.lint.diagrams import FOLDER, RULES_DRAWN, broken_elements, found_in, source_of
from tests.engine.lint.elsewhere import TOLD, in_the_code
from tests.engine.lint.rulebook import PAGE, page
from tests.engine.speaking import speaks_both

SHOWN = ("startEvent", "endEvent", "userTask", "sequenceFlow")
NAMES = [rule.name for rule in RULES]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_finds_exactly_what_breaks_it_and_is_silent_when_it_is_mended(name: str) -> None:
    found = found_in(name, "bad")
    assert {(f.rule, f.element) for f in found} == {(name, element) for element in broken_elements(name)}
    after = found_in(name, "good")
    assert [f for f in after if f.rule == name or f.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_findings_speak_both_languages_and_say_the_mend(name: str) -> None:
    words = next(rule.words for rule in RULES if rule.name == name)
    speaks_both(words, *(text for finding in found_in(name, "bad") for text in (finding.message, finding.mend)))


def test_every_rule_is_a_file_with_two_diagrams_and_a_section_of_the_page() -> None:
    files = {file.stem.replace("_", "-") for file in Path(rules.__path__[0]).glob("[a-z]*.py")}
    assert files == set(NAMES) == set(RULES_DRAWN)
    assert all({one.name for one in (FOLDER / name).iterdir()} == {"bad.bpmn", "good.bpmn"} for name in NAMES)
    assert all(f"\n## {name}\n" in page() for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_diagrams_are_drawn_so_that_a_modeller_shows_them(name: str) -> None:
    for kind in ("bad", "good"):
        root = parse_xml(source_of(name, kind))
        drawn = {shape.get("bpmnElement") for shape in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
        shown = {one.get("id") for tag in SHOWN for one in root.iter(f"{BPMN}{tag}")}
        assert shown <= drawn, kind
        assert len(source_of(name, kind)) < 20_000 or (name, kind) == ("too-many-elements", "bad")


def test_every_other_rule_of_the_check_stands_on_the_page() -> None:
    told = {name for rules in TOLD.values() for name in rules}
    assert in_the_code() <= told
    assert all(f"| `{name}` |" in page() for name in (*told, *OF_FORMS))


def test_the_page_of_the_rules_is_what_they_say() -> None:
    assert PAGE.read_text("utf-8") == page()
