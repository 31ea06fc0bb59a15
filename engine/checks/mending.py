"""Which findings of a diagram a press of a button mends, and what that would change, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from engine.bpmn.importing import MENDABLE, Converted, Note, convert
from engine.bpmn.importing.notes import anchor_of
from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.names import is_bpmn, name_of
from engine.bpmn.problems import BpmnError
from engine.bpmn.reading import parse_diagram
from engine.checks.guard import guarded
from engine.errors import Invalid
from engine.findings import Finding, Mending
from engine.safexml import UnsafeXml
from engine.text import Text

SECONDS = 1.0
"""How much of a check goes into offering mends; what takes longer is offered none."""
MOST_TOLD = 12
NOTHING = Text(
    "لا شيء يصلحه زر هنا: صحّح ما بقي بنفسك.", "There is nothing that a button mends here: mend the rest yourself.")


def with_mends(source: bytes, findings: Sequence[Finding], known: Known) -> list[Finding]:
    """The findings of a diagram; those that `mended` clears say at which element, what it changes, and what a person
    must then still decide there."""
    if not findings:
        return []
    found = guarded("", lambda: _with_mends(source, findings, known), SECONDS)
    return found if len(found) == len(findings) else list(findings)


def mended(source: bytes, element: str | None) -> bytes:
    """The diagram with everything mended that can be, or just what stands on one element. Raises Invalid where nothing
    can."""
    try:
        result = convert(source, None if element is None else frozenset({element}))
    except BpmnError as error:
        raise Invalid(error.text) from error
    if not result.done:
        raise Invalid(NOTHING)
    return result.source


def _with_mends(source: bytes, findings: Sequence[Finding], known: Known) -> list[Finding]:
    try:
        result = convert(source)
        before, after = parse_diagram(source), parse_diagram(result.source)
    except (BpmnError, UnsafeXml):
        return list(findings)
    if not result.done:
        return list(findings)
    at, then = _anchors(before), _anchors(after)
    left = {
        (one.rule, result.renamed.get(then.get(one.element, one.element), then.get(one.element, one.element)))
        for one in lint(read_diagram(after), "", known)}
    changes, open = _told(result, result.done, then), _told(result, result.open, then)
    return [_offered(one, at.get(one.element, one.element), left, changes, open) for one in findings]


def _offered(
    one: Finding, anchor: str, left: set[tuple[str, str]], changes: dict[str, list[Text]], open: dict[str, list[Text]]
) -> Finding:
    if one.rule not in MENDABLE or (one.rule, anchor) in left or not changes.get(anchor):
        return one
    return replace(one, mending=Mending(anchor, tuple(changes[anchor][:MOST_TOLD]), tuple(open[anchor][:MOST_TOLD])))


def _anchors(root: etree._Element) -> dict[str, str]:
    """For whatever a finding may name, the element to which it belongs."""
    return {name_of(one): name_of(anchor_of(one)) for one in root.iter("*") if is_bpmn(one)}


def _told(result: Converted, notes: Iterable[Note], anchors: dict[str, str]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = defaultdict(list)
    for note in notes:
        anchor = anchors.get(note.element, note.element)
        found[result.renamed.get(anchor, anchor)].append(note.text)
    return found
