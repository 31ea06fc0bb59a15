"""Variables that expressions read and nothing writes: typing mistakes that FEEL silently takes for null."""

from collections.abc import Mapping

from engine.bpmn.lint.diagram import Scope

RESULTS = {
    "open_case": frozenset({"case_number"}), "reopen_case": frozenset({"case_number", "outcome"}),
    "hand_over_case": frozenset({"outcome"}),
}
"""Variables that a call brings back, by its type."""
OPENING = frozenset({"open_case", "reopen_case"})
"""Types of call that open a case."""


def start_inputs(processes: Mapping[str, Scope]) -> dict[str, frozenset[str]]:
    """What the calls that open cases in a set of processes hand to the process `case`."""
    found: set[str] = set()
    for process in processes.values():
        for node in (node for scope in process.walk() for node in scope.nodes):
            if node.said("taskDefinition", "type") in OPENING:
                found |= {target for target, _ in node.mappings("input")}
    return {"case": frozenset(found)} if found else {}
