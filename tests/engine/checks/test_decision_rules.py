"""Each rule about decisions has a file that breaks it and nothing else, and a mended one that nothing forbids."""

import sys
from pathlib import Path

import pytest

from engine.checks import decision_rules
from engine.checks.decision_rules import RULES
from engine.checks.decisions import check_decision, decisions_in
from tests.engine.checks.drawn import FOLDER, STEM, broken_elements, found_in, source_of
from tests.engine.lint.rulebook import page
from tests.engine.speaking import speaks_both

NAMES = [rule.name for rule in RULES]
SHIPPED = sorted((Path(__file__).resolve().parents[3] / "processes").rglob("*.dmn"))


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_finds_exactly_what_breaks_it_and_is_silent_when_it_is_mended(name: str) -> None:
    assert {(f.rule, f.element) for f in found_in(name, "bad")} == {(name, one) for one in broken_elements(name)}
    assert found_in(name, "good") == []


@pytest.mark.parametrize("name", NAMES)
def test_findings_speak_both_languages_and_say_the_mend(name: str) -> None:
    words = next(rule.words for rule in RULES if rule.name == name)
    speaks_both(words, *(text for finding in found_in(name, "bad") for text in (finding.message, finding.mend)))


def test_every_rule_is_a_file_with_two_examples_and_a_section_of_the_page() -> None:
    files = {f"decision-{file.stem.replace('_', '-')}" for file in Path(decision_rules.__path__[0]).glob("[a-z]*.py")}
    assert files == set(NAMES) == {path.name for path in FOLDER.iterdir()}
    assert all(f"\n## {name}\n" in page() for name in NAMES)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_shipped_decisions_break_none(path: Path) -> None:
    assert [f for f in check_decision(path.name, path.read_bytes(), path.stem) if f.rule in NAMES] == []


def with_text(rule: str, before: str, after: str, kind: str = "good") -> set[str]:
    """The rules that the good file of a rule breaks with another text in it."""
    source = source_of(rule, kind).decode()
    assert before in source
    return {f.rule for f in check_decision(f"{STEM}.dmn", source.replace(before, after).encode(), STEM)}


@pytest.mark.parametrize(("text", "broken"), [
    ("for x in [1, 2] return x + level", set()), ("[1, 2][item &gt; level]", set()), ("{a: 1, b: a + level}.b", set()),
    ("[{size: 1}][size &gt; 1]", set()), ("(function(n) n + level)(2)", set()), ("some x in [1] satisfies x = level",
     set()), ("sum([1, 2]) + max(1, 2, level)", set()), ("date(\"2026-01-01\")", set()),
    ("substring(string: \"abc\", start position: level)", set()), ("substring(word: \"abc\", start position: 1)",
     {"decision-arguments"}), ("for x in [1] return y", {"decision-variable-unknown"}), ("max()",
     {"decision-arguments"}), ("function(n) external {java: {class: \"a\", method signature: \"b\"}}",
     {"decision-function-foreign"}),
])
def test_names_that_an_expression_binds_by_itself_are_known(text: str, broken: set[str]) -> None:
    assert with_text("decision-requirement-missing", "level + 1", text) == broken


@pytest.mark.parametrize(("cell", "broken"), [
    ("&gt; 3", set()), ("[1..4]", set()), ("1, 2", set()), ("not(1)", set()), ("null", set()), ("\"a\"", {"cell"}),
    ("&lt; \"a\"", {"cell"}), ("1, true", {"cell"}), ("not(\"a\")", {"cell"}), ("[\"a\"..\"b\"]", {"cell"}),
    ("string length(\"abc\")", set()), ("? &gt; 1 and ? &lt; 4", set()),
])
def test_a_cell_is_of_the_kind_of_its_column(cell: str, broken: set[str]) -> None:
    found = with_text("decision-cell-kind", "<text>3</text>", f"<text>{cell}</text>")
    assert found == {f"decision-{kind}-kind" for kind in broken}


def test_languages_are_feel_however_they_are_named_and_told_wherever_they_stand() -> None:
    for named in ("feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401",
                  "https://www.omg.org/spec/DMN/20230324/FEEL/"):
        more = f'id="example" expressionLanguage="{named}"'
        assert with_text("decision-language", 'id="example"', more) == set()
    for named in ("juel", "groovy", "http://www.java.com/java", "javascript"):
        for place in ('id="example"', 'id="column_asks"', 'id="say_1"'):
            more = f'{place} expressionLanguage="{named}"'
            assert with_text("decision-language", place, more) == {"decision-language"}


def test_an_aggregation_where_nothing_is_collected_is_told() -> None:
    assert with_text("decision-aggregation", 'hitPolicy="COLLECT"', 'hitPolicy="FIRST"') == {"decision-aggregation"}


def test_a_process_must_give_whatever_a_decision_reads_from_outside() -> None:
    assert decisions_in(source_of("decision-variable-unknown", "bad")) == {STEM: {"level", "levle"}}
    assert decisions_in(source_of("decision-function-foreign", "good")) == {STEM: frozenset()}


def test_a_table_of_many_rules_is_checked_in_a_time_that_grows_with_it_and_no_faster() -> None:
    source = source_of("decision-cell-kind", "good").decode()
    row = source[source.index('      <rule id="row_1">'):source.index('      <rule id="row_2">')]

    def steps(rows: int) -> int:
        many = "".join(row.replace("_1", f"_1_{number}").replace("<text>3<", f"<text>{number}<")
                       for number in range(rows))
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            check_decision(f"{STEM}.dmn", source.replace(row, many).encode(), STEM)
        finally:
            sys.setprofile(None)
        return counted

    assert steps(160) < 5 * steps(40)
