"""Diagrams: the linter's rules, what only shows across files, and what the engine itself refuses to load."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from lxml import etree

from engine.bpmn import BpmnError, load_bundle
from engine.bpmn.lint import Diagram, Known, lint, read_diagram
from engine.bpmn.lint.calls import calls_of
from engine.bpmn.lint.diagram import Scope, is_bpmn, local
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Asked
from engine.bpmn.lint.variables import start_inputs
from engine.bpmn.reading import parse_diagram
from engine.checks.mending import with_mends
from engine.checks.source import Source
from engine.findings import Finding
from engine.powers import CALL_TYPES, GROUPS, KEPT, PLATFORM_INPUTS
from engine.safexml import UnsafeXml
from engine.text import Text

EXPORT = Text("صدّر المخطط من المحرر بصيغة BPMN 2.0.", "Export the diagram from the editor as BPMN 2.0.")
CONVERT = Text(
    "حوّله بالأمر ‎./run convert‎، أو احفظه بترميز UTF-8.", "Turn it with `./run convert`, or save it as UTF-8.")


@dataclass(frozen=True)
class Drawn:
    """A diagram file that could be read."""

    source: Source
    diagram: Diagram

    @property
    def process(self) -> Scope | None:
        """The process that runs."""
        runnable = [p for p in self.diagram.processes if p.element.get("isExecutable") == "true"]
        return next(iter(runnable or self.diagram.processes), None)


def read_diagrams(sources: Iterable[Source]) -> tuple[list[Drawn], list[Finding]]:
    """The diagrams among some sources, and findings for those that are none."""
    drawn, findings = [], []
    for source in sources:
        try:
            root = parse_diagram(source.data)
        except UnsafeXml as error:
            findings.append(_not_a_diagram(source.file, error.rule, error.text))
            continue
        if not _is_definitions(root):
            findings.append(
                _not_a_diagram(
                    source.file,
                    "not-a-diagram",
                    Text("الملف ليس مخطط BPMN 2.0.", "The file is not a BPMN 2.0 diagram."),
                )
            )
            continue
        drawn.append(Drawn(source, read_diagram(root)))
    return drawn, findings


def _is_definitions(root: etree._Element) -> bool:
    return is_bpmn(root) and local(root) == "definitions"


def _not_a_diagram(file: str, rule: str, text: Text) -> Finding:
    return Finding(file, "", rule, "error", text, CONVERT if rule == "xml-encoding" else EXPORT)


@dataclass(frozen=True)
class Surroundings:
    """Everything that diagrams may refer to."""

    processes: Mapping[str, Drawn]
    decisions: Mapping[str, frozenset[str]]
    forms: Mapping[str, Sequence[Asked]]
    answers: Mapping[str, frozenset[str]]
    results: Mapping[str, frozenset[str]]
    destinations: frozenset[str] | None

    @cached_property
    def known(self) -> Known:
        """The same in the words of the linter."""
        scopes = {key: drawn.process for key, drawn in self.processes.items() if drawn.process is not None}
        opened = start_inputs(scopes)
        inputs = {key: given | opened.get(key, frozenset()) for key, given in PLATFORM_INPUTS.items()}
        inputs["case"] = inputs.get("case", frozenset()) | frozenset(KEPT)  # where it is opened again
        return Known(
            scopes, self.decisions, self.forms, self.answers, self.results, GROUPS, self.destinations, CALL_TYPES,
            inputs)


def by_process(drawn: Iterable[Drawn]) -> dict[str, Drawn]:
    """Diagrams by the id of their process; of two with the same id the last."""
    return {one.process.id: one for one in drawn if one.process is not None}


def check_diagram(drawn: Drawn, around: Surroundings) -> list[Finding]:
    """All findings of one diagram among its surroundings."""
    findings = lint(drawn.diagram, drawn.source.file, around.known)
    process = drawn.process
    if process is not None and process.id and process.id != drawn.source.stem:
        findings.append(
            Finding(
                drawn.source.file,
                process.id[:100],
                "process-file-name",
                "warning",
                Text(
                    f"معرّف الإجراء «{process.id[:60]}» يختلف عن اسم الملف.",
                    f"The process's id “{process.id[:60]}” differs from the name of its file.",
                ),
                Text("اجعلهما واحداً.", "Make them the same."),
            )
        )
    if not any(finding.severity == "error" for finding in findings):
        findings += _loading(drawn, around)
    return with_mends(drawn.source.data, findings, around.known)


def _loading(drawn: Drawn, around: Surroundings) -> list[Finding]:
    """What the engine itself says of a diagram that no rule objects to."""
    try:
        load_bundle(_reachable(drawn, around), _no_decisions)
    except BpmnError as error:
        return [
            Finding(
                drawn.source.file,
                error.element[:100],
                "engine-refuses",
                "error",
                error.text,
                Text("صحّح العنصر المذكور.", "Mend the element that is named."),
            )
        ]
    return []


def _no_decisions(*_: object) -> NoReturn:
    raise AssertionError("nothing runs while diagrams are checked")


def _reachable(drawn: Drawn, around: Surroundings) -> list[bytes]:
    """The diagram and all that it may call."""
    found: dict[str, bytes] = {}
    waiting = [drawn]
    while waiting:
        one = waiting.pop()
        if one.process is None or one.process.id in found:
            continue
        found[one.process.id] = one.source.data
        waiting += [around.processes[name] for name in calls_of(one.process) if name in around.processes]
    return list(found.values())


def check_together(drawn: Sequence[Drawn]) -> list[Finding]:
    """What only shows when diagrams lie side by side: a process drawn twice, a work item's id used twice."""
    findings = []
    processes: dict[str, str] = {}
    items: dict[str, str] = {}
    for one in drawn:
        if one.process is None:
            continue
        first = processes.setdefault(one.process.id, one.source.file)
        if first != one.source.file:
            findings.append(_twice(one.source.file, one.process.id, first, "process-twice"))
        for node in (node for node in one.diagram.nodes if node.id and holds_answers(node)):
            first = items.setdefault(node.id, one.source.file)
            if first != one.source.file:
                findings.append(_twice(one.source.file, node.id, first, "work-id-twice"))
    return findings


def _twice(file: str, element: str, other: str, rule: str) -> Finding:
    return Finding(
        file,
        element[:100],
        rule,
        "error" if rule == "process-twice" else "warning",
        Text(
            f"المعرّف «{element[:60]}» مستعمل أيضاً في {other}.",
            f"The id “{element[:60]}” is also used in {other}.",
        ),
        Text("أعطه معرّفاً آخر.", "Give it another id."),
    )
