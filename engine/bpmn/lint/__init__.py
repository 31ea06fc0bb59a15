"""The linter: refuses, by element, what would be ignored, stall, run away or run wrongly; says the mend."""

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.reading import read_diagram
from engine.bpmn.lint.rule import Rule
from engine.bpmn.lint.rules import RULES
from engine.findings import Finding

MOST_FINDINGS_PER_RULE = 50

__all__ = ["RULES", "Diagram", "Flaw", "Known", "Rule", "lint", "read_diagram"]


def lint(diagram: Diagram, file: str, known: Known) -> list[Finding]:
    """All findings of a diagram, errors first, at most fifty of a rule."""
    findings: list[Finding] = []
    for rule in RULES:
        seen: dict[Flaw, None] = {}
        for flaw in rule.check(diagram, known):
            seen.setdefault(flaw)
            if len(seen) >= MOST_FINDINGS_PER_RULE:
                break
        findings += [
            Finding(file, flaw.element, rule.name, rule.severity, flaw.message, flaw.mend) for flaw in seen
        ]
    return findings
