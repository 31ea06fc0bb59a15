"""Tests of decisions, kept beside them in <ID>.tests.yaml: examples, safe outcomes, no gaps, no dead rules."""

from collections.abc import Sequence

from engine import dmn
from engine.checks.source import Source
from engine.dmn import DmnError
from engine.dmn.proofs import prove
from engine.feel import FeelLimit
from engine.findings import Finding
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text

MEND = Text("صحّح الجدول أو الاختبار.", "Correct the table, or the test.")


def check_tests(tests: Source, decisions: Sequence[Source]) -> list[Finding]:
    """Proves the decision of the same name, the nearest one, by a file of tests."""
    try:
        parse_yaml(tests.data)
    except UnsafeYaml as error:
        return [Finding(tests.file, "", "not-yaml", "error", error.text, MEND)]
    table = table_of(tests, decisions)
    if table is None:
        words = Text(
            f"لا يوجد {tests.stem}.dmn لهذه الاختبارات.", f"There is no {tests.stem}.dmn for these tests."
        )
        return [Finding(tests.file, "", "tests-without-table", "error", words, MEND)]
    try:
        return prove(dmn.load(table.data), tests.data, tests.file)
    except DmnError:
        return []  # said of the decision itself
    except FeelLimit as error:
        return [Finding(tests.file, tests.stem[:100], "expression-too-costly", "error", error.text, MEND)]


def table_of(tests: Source, decisions: Sequence[Source]) -> Source | None:
    """The decision that a file of tests is about: that beside it, else the last one of its name."""
    named = [table for table in decisions if table.stem == tests.stem]
    beside = [table for table in named if table.path.parent == tests.path.parent]
    return next(iter(beside[::-1] or named[::-1]), None)
