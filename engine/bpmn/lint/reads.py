"""What the expressions of a diagram read, and which variables are there when they do."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.bpmn.lint.diagram import Diagram, Node, Scope
from engine.bpmn.lint.expressions import written
from engine.bpmn.lint.flows import LARGEST_SCOPE
from engine.bpmn.lint.functions import called_wrongly
from engine.bpmn.lint.known import Known, label
from engine.bpmn.lint.once import once
from engine.bpmn.lint.precedence import Precedence
from engine.bpmn.lint.surely import Surely, needed
from engine.bpmn.lint.variables import (
    ALWAYS,
    brought,
    forms_of,
    inputs_of,
    left_behind,
    names_written,
    nodes_in,
    of_called,
    seen_alone,
    states_inputs,
)
from engine.feel import FeelError, compile

OF_CASE = re.compile(r"(?<![\w.\"])case\s*\.\s*(\w+)")
AFTERWARDS = ("output ", "outputElement", "completionCondition", "loopCondition")
"""What is asked when the work of an element is done."""
FROM_OUTSIDE = frozenset({"receiveTask", "serviceTask", "sendTask"})


class Read(NamedTuple):
    """An expression and the variables that it reads. `after`: it is asked when the work of the node is done.
    `spared`: what a form can do without where it is used here, as long as it is there in some process."""

    element: str
    what: str
    node: Node
    names: frozenset[str]
    of_case: frozenset[str]
    after: bool
    spared: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    """The variables without which it comes to nothing."""


@once
def reads(process: Scope) -> list[Read]:
    """Every expression of a process that could be read, with what it reads; not those over what came from outside,
    whose names nobody can know."""
    return list(_reads(Diagram(process.element.getroottree().getroot(), [process])))


def _reads(alone: Diagram) -> Iterator[Read]:
    for found in written(alone):
        node, feel = found.node, found.feel
        if feel is None or node is None or _of_outside(node, found.what):
            continue
        try:
            compiled = compile(feel)
            names = compiled.names - {name for name, _ in called_wrongly(feel)}  # told of by itself
        except FeelError:
            continue
        on_a_way = found.element != label(node.element)
        after = on_a_way or found.what.startswith(AFTERWARDS)
        of_case = frozenset(OF_CASE.findall(feel))
        yield Read(found.element, found.what, node, names, of_case, after, needed=needed(compiled.tree))


def _of_outside(node: Node, what: str) -> bool:
    return what.startswith("output ") and (node.tag in FROM_OUTSIDE or node.event == "message")


def _asked_by_decisions(process: Scope, known: Known) -> Iterator[Read]:
    for node in nodes_in(process):
        decision = node.said("calledDecision", "decisionId") if node.tag == "businessRuleTask" else None
        names = (known.decisions or {}).get(decision or "")
        if names:
            yield Read(label(node.element), f"decision {decision}"[:60], node, names, frozenset(), False)


def _asked_by_forms(process: Scope, known: Known) -> Iterator[Read]:
    """What the forms of a process read when they are opened."""
    for node in nodes_in(process):
        for form in forms_of(node):
            for asked in (known.forms or {}).get(form, ()):
                what = f"{form}: {asked.field}"[:120]
                yield Read(label(node.element), what, node, asked.names, asked.of_case, False, asked.spared)


def names_read(process: Scope, known: Known) -> frozenset[str]:
    """Every variable that an expression, a form or a decision of a process reads."""
    found = _names_read(known)
    if process not in found:
        found[process] = frozenset[str]().union(*(one.names | one.spared for one in _all_reads(process, known)))
    return found[process]


@once
def _names_read(known: Known) -> dict[Scope, frozenset[str]]:
    del known
    return {}


def _all_reads(process: Scope, known: Known) -> list[Read]:
    return [*reads(process), *_asked_by_decisions(process, known), *_asked_by_forms(process, known)]


class Variables:
    """The variables of one process. `given` are its inputs, None if nobody can tell them."""

    def __init__(self, process: Scope, known: Known) -> None:
        self._known = known
        self.reads = [*reads(process), *_asked_by_decisions(process, known)]
        self.of_forms = list(_asked_by_forms(process, known))
        self.given = inputs_of(process, known)
        self.stated = states_inputs(process, known)
        """Whether somebody has said what it is given; else anything might come from outside."""
        self._left = {node: left_behind(node, known) for node in nodes_in(process)}
        self.beginning = ALWAYS | (self.given or frozenset())
        """What is there from the beginning."""
        self.anywhere = self.beginning.union(*self._left.values())
        self._levels: dict[int, Precedence] = {}
        self._sure: dict[int, Surely] = {}
        self._reached: dict[Node, frozenset[str]] = {}

    def own(self, read: Read) -> frozenset[str]:
        """What the element of an expression sees beyond what others left behind."""
        found = seen_alone(read.node)
        host = read.node.scope.parent
        while host is not None:
            found |= seen_alone(host)
            host = host.scope.parent
        if read.after:
            found |= brought(read.node, self._known)
            found |= {target for target, _ in read.node.mappings("output")}
            found |= of_called(read.node, self._known) if read.node.tag == "callActivity" else frozenset()
        return found

    def before(self, read: Read) -> frozenset[str]:
        """What may have been left behind when an expression is asked, inputs and all."""
        asked = self._asked_at(read)
        found = self._reached.get(asked)
        if found is None:
            found = self._reached[asked] = self._before(asked)
        return found | self._all_of(asked) if read.after else found

    def _before(self, asked: Node) -> frozenset[str]:
        found = self.beginning
        at: Node | None = asked
        while at is not None:
            found = found.union(*map(self._all_of, self._level(at.scope).before(at)))
            at = at.scope.parent
        return found

    def surely(self, read: Read) -> frozenset[str]:
        """What has surely been left behind when an expression is asked; everything where no path leads."""
        asked = self._asked_at(read)
        level = self._surely(asked.scope)
        found = level.before(asked)
        if found is None:
            return self.anywhere
        return found | level.written(asked, found) if read.after else found

    def _surely(self, scope: Scope) -> Surely:
        if id(scope) not in self._sure:
            parent = scope.parent
            entry = self.beginning if parent is None else self._surely(parent.scope).before(parent)
            self._sure[id(scope)] = Surely(scope, self._left.__getitem__, self.anywhere if entry is None else entry)
        return self._sure[id(scope)]

    def _asked_at(self, read: Read) -> Node:
        """Events on a border are armed when their host is entered; a condition is asked again and again."""
        node = read.node
        if node.tag != "boundaryEvent" or read.after or node.event == "conditional":
            return node
        return next((host for host in node.scope.nodes if node in host.boundary), node)

    def _all_of(self, node: Node) -> frozenset[str]:
        inside = node.inner.walk() if node.inner is not None else ()
        return self._left[node].union(*(self._left[inner] for scope in inside for inner in scope.nodes))

    def _level(self, scope: Scope) -> Precedence:
        if id(scope) not in self._levels:
            self._levels[id(scope)] = Precedence(scope)
        return self._levels[id(scope)]


@once
def all_read(known: Known) -> frozenset[str]:
    """Every variable that an expression, a form or a decision of any process reads."""
    found = [read for process in (known.processes or {}).values() for read in _all_reads(process, known)]
    return frozenset[str]().union(*(read.names | read.spared | read.of_case for read in found))


@once
def of_all_cases(known: Known) -> frozenset[str]:
    """Every variable that any process may hold: what can be read of `case`."""
    processes = list((known.processes or {}).values())
    given = (inputs_of(process, known) or frozenset() for process in processes)
    return frozenset[str]().union(*given, *map(names_written, processes))


def variables_of(diagram: Diagram, known: Known) -> Iterator[Variables]:
    """The variables of each process of a diagram whose inputs are known; of huge levels nobody can tell."""
    for process in diagram.processes:
        small = all(len(scope.nodes) <= LARGEST_SCOPE for scope in process.walk())
        if known.processes is None or not small:
            continue
        held = _held(known)
        found = held[process] = held.get(process) or Variables(process, known)
        if found.given is not None:
            yield found


@once
def _held(known: Known) -> dict[Scope, Variables]:
    del known
    return {}
