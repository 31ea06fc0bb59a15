"""What a rule about decision files is: a rule of the linter that looks at one model, called `decision-…`."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from engine.bpmn.lint import Flaw
from engine.bpmn.lint.rule import Rule, rule
from engine.checks.decision_model import DecisionModel
from engine.findings import Severity
from engine.text import Text

DecisionCheck: TypeAlias = Callable[[DecisionModel], Iterator[Flaw]]
DecisionRule: TypeAlias = Rule[DecisionCheck]


def decision_rule(severity: Severity, words: Text) -> Callable[[DecisionCheck], DecisionRule]:
    """Makes the check of a module in `decision_rules/` the rule that is named after the module."""
    return rule(severity, words, "decision-")
