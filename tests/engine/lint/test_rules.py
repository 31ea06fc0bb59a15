"""Each rule has a diagram that breaks it and a mended one that nothing forbids."""

import pytest

from engine.bpmn.lint import RULES
from tests.engine.lint.drawing import findings
from tests.engine.lint.examples import EXAMPLES
from tests.engine.lint.rulebook import PAGE, page


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_a_rule_finds_what_breaks_it_and_is_silent_when_it_is_mended(name: str) -> None:
    broken, mended = EXAMPLES[name]
    found = [finding for finding in findings(broken) if finding.rule == name]
    assert found, [f.rule for f in findings(broken)]
    after = findings(mended)
    assert name not in {finding.rule for finding in after}
    assert [f for f in after if f.severity == "error"] == []


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_findings_speak_both_languages_and_say_the_mend(name: str) -> None:
    for finding in findings(EXAMPLES[name][0]):
        assert finding.element
        for text in (finding.message, finding.mend):
            assert any("\u0600" <= letter <= "\u06ff" for letter in text.ar), text
            assert any("a" <= letter <= "z" for letter in text.en), text


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert set(EXAMPLES) == {rule.name for rule in RULES}


def test_the_page_of_the_rules_is_what_they_say() -> None:
    assert PAGE.read_text("utf-8") == page()
