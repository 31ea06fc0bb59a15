"""The shipped diagrams, and what the linter says anew of one of them that was broken."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from engine.bpmn.lint.known import Asked
from engine.check import Installed
from engine.checks.decisions import results_in
from engine.checks.diagrams import Drawn, Surroundings, by_process, check_diagram, read_diagrams
from engine.checks.forms import asked_by, forms_in, held_by
from engine.checks.source import Reader, Source
from engine.findings import Finding
from tests.engine.mutating import ROOT


@cache
def installed() -> Installed:
    """Everything that is shipped."""
    reader = Reader()
    reader.read([ROOT / "processes", ROOT / "forms"])
    return Installed(reader.sources)


def diagrams() -> list[Drawn]:
    """The shipped diagrams."""
    return list(installed().reading.drawn.values())


def new_rules(one: Drawn, broken: bytes) -> set[str]:
    """The rules that a broken diagram breaks and the good one does not, there or in a diagram that it works with."""
    found, unreadable = read_diagrams([Source(one.source.file, Path(one.source.path), "diagram", broken)])
    if not found:
        return {finding.rule for finding in unreadable}
    around = _around([*(other for other in diagrams() if other is not one), *found])
    rules = _told(check_diagram(found[0], around)) - _before(one.source.file)
    for other in diagrams() if not rules else ():
        if other is not one:
            rules |= _told(check_diagram(other, around)) - _before(other.source.file)
    return {rule for rule, _, _ in rules}


def _told(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(finding.rule, finding.element, finding.message.en) for finding in findings}


@cache
def _before(file: str) -> set[tuple[str, str, str]]:
    return _told(check_diagram(installed().reading.drawn[file], _around(diagrams())))


def _around(drawn: list[Drawn]) -> Surroundings:
    reading = installed().reading
    decisions = {id: asked for some in reading.decisions.values() for id, asked in some.items()}
    return Surroundings(by_process(drawn), decisions, *_forms(), None)


@cache
def _forms() -> tuple[dict[str, Sequence[Asked]], dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    decisions = {id: asked for some in installed().reading.decisions.values() for id, asked in some.items()}
    forms = forms_in(installed().sources)
    found = (results_in(source.data) for source in installed().sources if source.kind == "decision")
    results = {id: names for some in found for id, names in some.items()}
    return {key: asked_by(form, decisions) for key, form in forms.items()}, held_by(forms), results
