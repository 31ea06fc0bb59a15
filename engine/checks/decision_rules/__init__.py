"""The rules about decision files: one module each, found by lying here. Errors first, then by name."""

from importlib import import_module
from pkgutil import iter_modules

from engine.checks.decision_rule import DecisionRule


def _found() -> tuple[DecisionRule, ...]:
    rules: list[DecisionRule] = [import_module(f"{__name__}.{module.name}").check for module in iter_modules(__path__)]
    return tuple(sorted(rules, key=lambda rule: (rule.severity, rule.name)))


RULES = _found()
