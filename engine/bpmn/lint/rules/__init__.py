"""The rules of the linter: one module each, found by lying here. Errors first, then by name."""

from importlib import import_module
from pkgutil import iter_modules

from engine.bpmn.lint.rule import Rule


def _found() -> tuple[Rule, ...]:
    rules: list[Rule] = [import_module(f"{__name__}.{module.name}").check for module in iter_modules(__path__)]
    return tuple(sorted(rules, key=lambda rule: (rule.severity, rule.name)))


RULES = _found()
