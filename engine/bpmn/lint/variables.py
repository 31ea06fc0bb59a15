"""Which variables there are: what a process is given, what its elements leave behind, and what they see alone."""

from collections.abc import Mapping

from engine.bpmn.lint.diagram import Node, Scope, properties_of
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Known
from engine.bpmn.lint.once import once
from engine.bpmn.lint.work import listed

ALWAYS = frozenset({"case", "opened_at"})
RESULTS = {
    "open_case": frozenset({"case_number"}), "reopen_case": frozenset({"case_number", "outcome"}),
    "hand_over_case": frozenset({"outcome"}),
    "seal_file": frozenset({"outcome"}),
    "note_service_gap": frozenset({"noted"}),
}
"""Variables that a call brings back, by its type."""
OPENING = frozenset({"open_case", "reopen_case"})
"""Types of call that open a case."""
OF_MANY = frozenset({
    "loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances",
    "numberOfTerminatedInstances",
})
"""What a repeated activity knows of its own repeating."""


def inputs_of(process: Scope, known: Known) -> frozenset[str] | None:
    """What a process may be given when it starts; None if nobody can tell, since a call hands over all it has. What it
    states counts as long as nobody calls it: of what is called the calls say what it is given. Where nobody states
    anything (`states_inputs`), nothing is given as far as the files tell."""
    stated = properties_of(process.element).get("inputs")
    callers = callers_of(process.id, known)
    found = set(() if callers else listed(stated)) | known.inputs.get(process.id, frozenset())
    for node in callers:
        if node.said("calledElement", "propagateAllParentVariables") != "false":
            return None
        found |= handed_over(node)
    return frozenset(found)


def states_inputs(process: Scope, known: Known) -> bool:
    """Whether a process, its callers or the platform say what it is given when it starts."""
    stated = properties_of(process.element).get("inputs") is not None
    return stated or process.id in known.inputs or bool(callers_of(process.id, known))


def callers_of(process: str, known: Known) -> list[Node]:
    """The call activities, in any process, that call this one."""
    return _callers(known).get(process, [])


@once
def _callers(known: Known) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in (node for process in (known.processes or {}).values() for node in nodes_in(process)):
        if node.tag == "callActivity":
            found.setdefault(node.said("calledElement", "processId") or "", []).append(node)
    return found


def nodes_in(process: Scope) -> list[Node]:
    """All nodes of a process, at any depth."""
    return [node for scope in process.walk() for node in scope.nodes]


def forms_of(node: Node) -> list[str]:
    """The forms that people fill at an element: a work item's, or that of a message which they may record by hand."""
    return [form for form in (node.said("formDefinition", "formId"), node.properties.get("form")) if form]


def handed_over(call: Node) -> frozenset[str]:
    """What a call activity hands to the process that it calls, by name."""
    element = call.loop.get("inputElement")
    return frozenset(target for target, _ in call.mappings("input")) | ({element} if element else set())


def left_behind(node: Node, known: Known) -> frozenset[str]:
    """The variables that an element writes for what comes after it."""
    if node.multi is not None:
        return frozenset({node.loop["outputCollection"]} if node.loop.get("outputCollection") else ())
    mapped = node.mappings("output")
    return frozenset(target for target, _ in mapped) if mapped else brought(node, known)


def brought(node: Node, known: Known) -> frozenset[str]:
    """The variables that an element has got when its work is done, before anything is mapped."""
    found = {name for tag in ("script", "calledDecision") if (name := node.said(tag, "resultVariable"))}
    found |= RESULTS.get(node.said("taskDefinition", "type") or "", frozenset())
    if holds_answers(node):
        found.add(node.id)
    if node.tag == "callActivity" and node.said("calledElement", "propagateAllChildVariables") != "false":
        found |= of_called(node, known)
    return frozenset(found)


def of_called(call: Node, known: Known) -> frozenset[str]:
    """The variables that the process which a call activity calls may hold at its end."""
    target = (known.processes or {}).get(call.said("calledElement", "processId") or "")
    if target is None:
        return frozenset()
    return handed_over(call) | names_written(target)


@once
def names_written(process: Scope) -> frozenset[str]:
    """Every name that an element of a process writes, for whomever."""
    return frozenset[str]().union(*(own_names(node) for node in nodes_in(process)))


@once
def own_names(node: Node) -> frozenset[str]:
    """Every name that an element writes by itself, for whomever."""
    names = written_by_hand(node) | RESULTS.get(node.said("taskDefinition", "type") or "", frozenset())
    return names | {node.id} if holds_answers(node) else names


def written_by_hand(node: Node) -> frozenset[str]:
    """The names that somebody typed for what an element writes."""
    names = {target for target, _ in node.mappings("output")}
    names |= {name for tag in ("script", "calledDecision") if (name := node.said(tag, "resultVariable"))}
    return frozenset(names | {node.loop["outputCollection"]} if node.loop.get("outputCollection") else names)


def seen_alone(node: Node) -> frozenset[str]:
    """The variables that only an element and what is inside it see: its inputs, and what it is one of."""
    found = handed_over(node)
    return found | OF_MANY if node.multi is not None or node.marker is not None else found


def start_inputs(processes: Mapping[str, Scope]) -> dict[str, frozenset[str]]:
    """What the calls that open cases in a set of processes hand to the process `case`."""
    found: set[str] = set()
    for process in processes.values():
        for node in nodes_in(process):
            if node.said("taskDefinition", "type") in OPENING:
                found |= {target for target, _ in node.mappings("input")}
    return {"case": frozenset(found)} if found else {}
