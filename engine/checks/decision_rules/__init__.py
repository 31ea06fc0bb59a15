"""The rules about decision files, a module each."""

from engine.bpmn.lint.rule import rules_in
from engine.checks.decision_rule import DecisionRule

RULES: tuple[DecisionRule, ...] = rules_in(__name__, __path__)
