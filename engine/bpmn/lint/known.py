"""What a diagram may refer to outside itself, and how a rule says what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from engine.bpmn.lint.diagram import Node, Scope, local
from engine.text import Text


class Flaw(NamedTuple):
    """What a rule found: on which element, what is wrong, and how to mend it."""

    element: str
    message: Text
    mend: Text


class Asked(NamedTuple):
    """A field of a form that reads variables of the case, and what it reads of `case`. It can do without `spared`."""

    field: str
    names: frozenset[str]
    spared: frozenset[str] = frozenset()
    of_case: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Known:
    """The surroundings of a diagram. None means that nobody looked: rules then stay silent about it."""

    processes: Mapping[str, Scope] | None = None
    decisions: Mapping[str, frozenset[str]] | None = None
    """The variables that each decision asks for, by its id."""
    forms: Mapping[str, Sequence[Asked]] | None = None
    """What the fields of each form read of the case, by its key."""
    answers: Mapping[str, frozenset[str]] | None = None
    """What the answers of each form hold, by its key."""
    results: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What the result of each decision holds, by its id: of those with several outputs."""
    groups: frozenset[str] | None = None
    destinations: frozenset[str] | None = None
    call_types: frozenset[str] | None = None
    inputs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Variables that the platform itself gives to a process when it starts it, by process id."""


def label(element: etree._Element) -> str:
    """How a finding names an element: by its id, or by its line where it has none."""
    return str(element.get("id") or f"{local(element)}@{element.sourceline}")


def called(node: Node) -> str:
    """An element in the words of a message: its name, or its id."""
    return node.name[:80] or label(node.element)


def listing(words: "frozenset[str] | list[str]", limit: int = 8) -> str:
    """Some words in a row, in a fixed order, for a message."""
    ordered = sorted(words)
    return "، ".join(ordered[:limit]) + ("…" if len(ordered) > limit else "")
