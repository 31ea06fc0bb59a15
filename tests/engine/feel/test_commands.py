"""`masar feel` and `masar decide`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.decide import decide
from engine.cli.feel import feel

DECISIONS = Path(__file__).parents[3] / "processes" / "decisions"


def test_the_last_line_is_the_value_as_json() -> None:
    ran = CliRunner().invoke(feel, ['{at: @"2026-01-01", n: 1/4, d: @"P1D", t: "نص", l: [true, null]}', "--json"])
    assert ran.exit_code == 0
    assert json.loads(ran.output.splitlines()[-1]) == {
        "at": "2026-01-01", "n": 0.25, "d": "P1D", "t": "نص", "l": [True, None]}


def test_variables_come_from_a_file_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text('{"x": 1.10}', "utf-8")
    assert CliRunner().invoke(feel, ["x * 2", "--context", str(file)]).output.splitlines()[-1] == "2.2"
    assert CliRunner().invoke(feel, ["x * 2", "--context", "-"], input='{"x": 3}').output.splitlines()[-1] == "6"


@pytest.mark.parametrize("arguments", [
    ["1 +"], ["for x in 1..1000000000 return x"], ["1", "--context", "/nowhere.json"], ["1", "--context", "-"],
])
def test_errors_are_two_plain_sentences_and_code_1(arguments: list[str]) -> None:
    ran = CliRunner().invoke(feel, arguments, input="[" * 100_000)
    assert ran.exit_code == 1 and isinstance(ran.exception, SystemExit)
    assert len(ran.stderr.splitlines()) == 2 and not ran.stdout


def test_a_decision_tells_its_value_and_its_rules() -> None:
    arguments = [str(DECISIONS / "D15_escalation.dmn"), "D15_escalation", "--context", "-"]
    ran = CliRunner().invoke(decide, arguments, input='{"level": "high", "step": "before"}')
    assert json.loads(ran.output.splitlines()[-1]) == {"fraction": 0.75, "after": None, "notify": "owner"}
    assert "rule 5" in ran.output


@pytest.mark.parametrize("arguments", [
    ["/nowhere.dmn", "x"], [str(DECISIONS / "D15_escalation.tests.yaml"), "x"],
    [str(DECISIONS / "D15_escalation.dmn"), "x"],
])
def test_a_decision_that_is_not_there_is_two_plain_sentences_and_code_1(arguments: list[str]) -> None:
    ran = CliRunner().invoke(decide, arguments)
    assert ran.exit_code == 1 and len(ran.stderr.splitlines()) == 2 and not ran.stdout
