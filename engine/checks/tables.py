"""Tests of decisions, kept beside them in <ID>.tests.yaml: every expected answer must come out."""

from collections.abc import Sequence

from engine import dmn
from engine.checks.source import Source
from engine.dmn import DmnError
from engine.findings import Finding
from engine.safeyaml import UnsafeYaml, parse_yaml
from engine.text import Text


def check_tests(source: Source, decisions: Sequence[Source]) -> list[Finding]:
    """Runs the tests of a file against the decision of the same name beside it."""
    try:
        tests = parse_yaml(source.data)
    except UnsafeYaml as error:
        return [_flaw(source.file, "not-yaml", error.text)]
    table = next(
        (d for d in decisions if d.stem == source.stem and d.path.parent == source.path.parent), None
    )
    if table is None:
        return [
            _flaw(
                source.file,
                "tests-without-table",
                Text(
                    f"لا يوجد {source.stem}.dmn بجانب الاختبارات.",
                    f"There is no {source.stem}.dmn beside the tests.",
                ),
            )
        ]
    try:
        dmn.load(table.data)
    except DmnError:
        return []  # said of the decision itself
    if not tests:
        return [_flaw(source.file, "tests-empty", Text("لا اختبارات في الملف.", "The file holds no tests."))]
    return []  # engine.dmn.proofs goes here as soon as it exists


def _flaw(file: str, rule: str, text: Text) -> Finding:
    return Finding(
        file, "", rule, "error", text, Text("صحّح الجدول أو الاختبار.", "Correct the table, or the test.")
    )
