"""The rules about diagrams, a module each."""

from engine.bpmn.lint.rule import DiagramCheck, Rule, rules_in

RULES: tuple[Rule[DiagramCheck], ...] = rules_in(__name__, __path__)
