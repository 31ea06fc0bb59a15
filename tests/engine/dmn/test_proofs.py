"""A proof finds each kind of mistake in a table, and names it."""

import pytest

from engine.dmn import load
from engine.dmn.proofs import prove
from tests.engine.dmn.test_models import table

RULES = [('"danger"', '"high"'), ("-", '"low"')]


def found(policy: str, rules: list[tuple[str, str]], tests: str) -> dict[str, str]:
    findings = prove(load(table(f'hitPolicy="{policy}"', rules)), f"decision: D\n{tests}", "D.dmn")
    assert all(f.message.ar and f.message.en and f.mend.ar and f.mend.en and f.file == "D.dmn" for f in findings)
    return {finding.rule: finding.message.en for finding in findings}


def test_a_good_table_is_proved() -> None:
    assert found("FIRST", RULES, 'values: {x: [danger, calm]}\ntests: [{given: {x: danger}, expect: {out: high}}]\n'
                                 "always: [{when: {x: danger}, expect: {out: [high]}}]") == {}


def test_an_example_that_comes_out_otherwise_is_found() -> None:
    failed = found("FIRST", RULES, "tests: [{given: {x: danger}, expect: {out: low}}]")
    assert "high (rule 1)" in failed["decision-test-failed"]


def test_a_combination_without_an_answer_is_found_the_missing_answer_too() -> None:
    assert "x = " in found("FIRST", [("not(null)", '"a"')], "values: {x: [a]}")["decision-gap"]
    assert "null" in found("FIRST", [("not(null)", '"a"')], "values: {x: [a]}")["decision-gap"]


def test_overlapping_rules_of_a_unique_table_are_found() -> None:
    rules = [("> 5", "1"), (">= 6", "2"), ("<= 5, null", "3")]
    assert "rules 1، 2" in found("UNIQUE", rules, "values: {x: number}")["decision-overlap"]


def test_an_unsafe_rule_is_found_at_the_boundary() -> None:
    rules = [("> 12", '"high"'), ("-", '"low"')]
    unsafe = found("FIRST", rules, 'values: {x: number}\nalways: [{when: {x: ">=12"}, expect: {out: [high]}}]')
    assert "Rule 2 breaks safe outcome 1" in unsafe["decision-unsafe"] and "x = 12" in unsafe["decision-unsafe"]


def test_a_rule_that_no_input_reaches_is_found() -> None:
    assert "rule 2" in found("FIRST", [("-", "1"), ("> 5", "2")], "values: {x: number}")["decision-dead-rule"]


def test_a_misspelt_value_is_found() -> None:
    misspelt = found("FIRST", [('"dangr"', "1"), ("-", "2")], "values: {x: [danger]}")
    assert "'dangr'" in misspelt["decision-unknown-value"]


@pytest.mark.parametrize("tests", [
    "", "[]", "decision: other", "tests: 5\ndecision: D", "decision: D\ntests: [{}]", "a: &a [*a]", "{",
    "decision: D\nalways: 1", "decision: D\ntests: [{given: 1, expect: 2}]",
])
def test_a_file_of_examples_that_cannot_be_read_is_a_finding(tests: str) -> None:
    findings = prove(load(table('hitPolicy="FIRST"', RULES)), tests)
    assert [finding.rule for finding in findings] == ["decision-tests-unreadable"]
