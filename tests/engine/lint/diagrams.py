"""For each rule a diagram that breaks it and the same mended: `diagrams/<rule>/bad.bpmn` and `good.bpmn`, files that
any modeller opens. The documentation of the bad process names the elements that break the rule."""

from functools import cache
from pathlib import Path

from engine.bpmn.lint.diagram import BPMN
from engine.findings import Finding
from engine.safexml import parse_xml
from tests.engine.lint.drawing import findings

FOLDER = Path(__file__).parent / "diagrams"
RULES_DRAWN = sorted(path.name for path in FOLDER.iterdir())


def source_of(rule: str, kind: str) -> bytes:
    """The file of a rule, "bad" or "good"."""
    return (FOLDER / rule / f"{kind}.bpmn").read_bytes()


@cache
def found_in(rule: str, kind: str) -> list[Finding]:
    """What the linter says of it."""
    return findings(source_of(rule, kind))


def broken_elements(rule: str) -> list[str]:
    """The elements that its bad diagram says are broken."""
    process = parse_xml(source_of(rule, "bad")).find(f"{BPMN}process")
    said = process.findtext(f"{BPMN}documentation") if process is not None else None
    name, _, elements = (said or "").partition(": ")
    assert name == rule, f"the documentation of the process says which elements break {rule}"
    return elements.split(", ")
