"""What a rule of the linter is: its name, whether it forbids publishing, its words, and the check that finds flaws."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Generic, NamedTuple, TypeVar

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.findings import Severity
from engine.text import Text

Check = TypeVar("Check", bound=Callable[..., Iterator[Flaw]])
DiagramCheck = Callable[[Diagram, Known], Iterator[Flaw]]


class Rule(NamedTuple, Generic[Check]):
    """A rule: its name in findings, whether it forbids publishing, what it is about, and its check."""

    name: str
    severity: Severity
    words: Text
    check: Check


def rule(severity: Severity, words: Text, prefix: str = "") -> Callable[[Check], Rule[Check]]:
    """Makes the check of a module the rule that is named after the module, with a prefix where it is not about
    diagrams."""

    def made(check: Check) -> Rule[Check]:
        return Rule(prefix + check.__module__.rpartition(".")[2].replace("_", "-"), severity, words, check)

    return made


def rules_in(package: str, path: Iterable[str]) -> tuple[Rule[Any], ...]:
    """The rules of a package: one module each, found by lying there. Errors first, then by name."""
    rules: list[Rule[Any]] = [import_module(f"{package}.{module.name}").check for module in iter_modules(path)]
    return tuple(sorted(rules, key=lambda rule: (rule.severity, rule.name)))
