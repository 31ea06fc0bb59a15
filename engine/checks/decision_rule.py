"""What a rule about decision files is: its name, whether it forbids publishing, its words, and the check."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.checks.decision_model import DecisionModel
from engine.findings import Severity
from engine.text import Text


class DecisionFlaw(NamedTuple):
    """What a rule found: on which element, what is wrong, and how to mend it."""

    element: str
    message: Text
    mend: Text


DecisionCheck = Callable[[DecisionModel], Iterator[DecisionFlaw]]


class DecisionRule(NamedTuple):
    """A rule: its name in findings, whether it forbids publishing, what it is about, and its check."""

    name: str
    severity: Severity
    words: Text
    check: DecisionCheck


def decision_rule(severity: Severity, words: Text) -> Callable[[DecisionCheck], DecisionRule]:
    """Makes the check of a module in `decision_rules/` the rule that is named after the module."""

    def made(check: DecisionCheck) -> DecisionRule:
        name = "decision-" + check.__module__.rpartition(".")[2].replace("_", "-")
        return DecisionRule(name, severity, words, check)

    return made
