"""What a rule of the linter is: its name, whether it forbids publishing, its words, and the check that finds flaws."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.findings import Severity
from engine.text import Text

Check = Callable[[Diagram, Known], Iterator[Flaw]]


class Rule(NamedTuple):
    """A rule: its name in findings, whether it forbids publishing, what it is about, and its check."""

    name: str
    severity: Severity
    words: Text
    check: Check


def rule(severity: Severity, words: Text) -> Callable[[Check], Rule]:
    """Makes the check of a module in `rules/` the rule that is named after the module."""

    def made(check: Check) -> Rule:
        return Rule(check.__module__.rpartition(".")[2].replace("_", "-"), severity, words, check)

    return made
