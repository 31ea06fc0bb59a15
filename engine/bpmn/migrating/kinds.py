"""Whether what stands at a node of the old version can stand at a node of the new one; and the nodes of a process."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.activities import Activity, Job
from engine.bpmn.containers import CallActivity, SubProcess
from engine.bpmn.events import Attached, Boundary, Catch, EventStart
from engine.bpmn.graph import Graph, Process
from engine.bpmn.multi import MultiInstance
from engine.bpmn.nodes import Join, Node
from engine.bpmn.repeat import Repeat


def misfit(old: Node, new: Node, parked: bool = False, waits: bool = True) -> str | None:
    """Why what stands at `old` cannot stand at `new` (a key of reasons.WORDS), None where it can. `parked`: it stopped
    there and is to be tried again; `waits`: at a join it waits for others."""
    if isinstance(old, Join) and waits and not parked:
        return None if type(new) is type(old) or goes_on_at(new) else "other-kind"
    if isinstance(old, MultiInstance | Repeat):
        return _of_many(old, new)
    if isinstance(old, Attached):
        if not isinstance(new, Boundary if isinstance(old, Boundary) else EventStart):
            return "other-kind"
        return _of_wait(old, new)
    if isinstance(old, Catch):
        return _of_wait(old, new) if isinstance(new, Catch) and not isinstance(new, Attached) else "other-kind"
    if type(new) is not type(old):
        return "other-kind"
    if isinstance(old, Job) and not parked and old.traits.job is not None:
        known = new.traits.job
        return None if known is not None and known.type == old.traits.job.type else "other-kind"
    return None


def goes_on_at(node: Node) -> bool:
    """Whether a token that waited at a join which is gone may go on at a node."""
    return not isinstance(node, Attached | Join)


def _of_many(old: MultiInstance | Repeat, new: Node) -> str | None:
    if not isinstance(new, MultiInstance | Repeat) or type(new) is not type(old):
        return "items-differ"
    if isinstance(old, MultiInstance) and isinstance(new, MultiInstance) and old.loop.sequential != new.loop.sequential:
        return "items-differ"
    return misfit(old.item, new.item)


def _of_wait(old: Catch, new: Node) -> str | None:
    before, after = old.traits.trigger, new.traits.trigger
    return None if before is not None and after is not None and before.kind == after.kind else "other-kind"


def nodes_in(graph: Graph) -> Iterator[Node]:
    """All nodes of a graph and of the sub-processes in it."""
    for node in graph.task_specs.values():
        yield node
        if isinstance(node, SubProcess):
            yield from nodes_in(node.inner)


def nodes_of(process: Process) -> dict[str, Node]:
    """The node of every element of a process; of what repeats the body, of the start of an event sub-process what
    waits."""
    found: dict[str, Node] = {}
    for node in nodes_in(process.graph):
        known = found.get(node.element.id)
        if known is None or isinstance(known, MultiInstance | Repeat) or isinstance(node, MultiInstance | Repeat):
            if not isinstance(known, MultiInstance | Repeat):
                found[node.element.id] = node
        elif isinstance(node, EventStart):
            found[node.element.id] = node
    return found


def one_of(node: Node) -> Node:
    """What is done: of what repeats, one of many."""
    return node.item if isinstance(node, MultiInstance | Repeat) else node


def holds(node: Node) -> bool:
    """Whether a case may stand at a node for a while: somebody or something is waited for. (At any other it stands
    only where it stopped.)"""
    inner = one_of(node)
    if isinstance(inner, Join):
        return len(inner.incoming) > 1
    if isinstance(inner, Catch | Job | SubProcess | CallActivity):
        return True
    return isinstance(inner, Activity) and inner.by_person


def is_begun_by_event(graph: Graph, node: Node) -> bool:
    """Whether a sub-process is one that an event begins."""
    return any(isinstance(start, EventStart) and start.flows[0].target is node for start in graph.starts)
