"""Whether a plan can be followed at all: what it names is there, and what stands at one end can stand at the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.bpmn.bundle import Bundle
from engine.bpmn.containers import CallActivity
from engine.bpmn.events import Attached, Boundary
from engine.bpmn.graph import Process
from engine.bpmn.migrating.kinds import holds, misfit, nodes_of, one_of
from engine.bpmn.migrating.plan import Place, Plan, ProcessPlan
from engine.bpmn.migrating.reasons import Reason
from engine.bpmn.nodes import Join, Node
from engine.findings import Finding, Severity
from engine.text import Text

CHOOSE = Text("اختر عنصراً آخر، أو قل إنه لم يعد مطلوباً.", "Choose another element, or say that it is no longer needed.")
SAY = Text("قل إلى أين يذهب، وإلا بقيت حالاته.", "Say where it goes, or the cases that stand there stay.")
LEAVE_OUT = Text("احذفه من الخطة.", "Leave it out of the plan.")
NAME = Text("اكتب كلمة واحدة بلا نقاط.", "Write one word without dots.")
SURE = Text("تأكد أن هذا العمل لم يعد مطلوباً من أحد.", "Make sure that nobody needs this work any more.")


def judge(before: Bundle, after: Bundle, plan: Plan) -> list[Finding]:
    """What is wrong with a plan between two versions, and what it leaves open. Errors forbid applying it."""
    return list(_findings(before, after, plan))


def _findings(before: Bundle, after: Bundle, plan: Plan) -> Iterator[Finding]:
    for id, one in sorted(plan.processes.items()):
        process = before.processes.get(id)
        if process is None:
            yield _told(id, "", "source-unknown", "error", Text(
                f"لا إجراء «{id}» في الإصدار القديم.", f"The old version has no process “{id}”."), LEAVE_OUT)
            continue
        target = after.processes.get(one.to or "")
        if target is None:
            severity: Severity = "warning" if one.to is None else "error"
            yield _of(Reason("process-gone", id), severity, SAY)
            continue
        yield from _elements(process, target, one, after, plan)
        yield from _flows(process, target, one, plan)
        yield from _variables(id, one)
    for id, process in before.processes.items():
        if id not in plan.processes and id not in after.processes:
            yield _of(Reason("process-gone", id), "warning", SAY)
        elif id not in plan.processes:
            yield from _elements(process, after.processes[id], ProcessPlan(id), after, plan)


def _elements(process: Process, target: Process, one: ProcessPlan, after: Bundle, plan: Plan) -> Iterator[Finding]:
    nodes = nodes_of(process)
    for id in one.elements:
        if id not in nodes:
            yield _told(process.id, id, "source-unknown", "error", Text(
                f"لا عنصر «{id}» في الإصدار القديم.", f"The old version has no element “{id}”."), LEAVE_OUT)
    for id, node in nodes.items():
        place = one.elements.get(id) or Place(id)
        if place.drop:
            if not isinstance(node, Attached):
                yield _told(process.id, id, "work-dropped", "warning", Text(
                    f"يُستغنى عن «{id}» أينما كان مفتوحاً.", f"“{id}” is dropped wherever it is open."), SURE)
            continue
        said = id in one.elements
        if not (said or holds(node)):
            continue
        wrong = _wrong(node, place, target, after, plan)
        if wrong is not None:
            severity: Severity = "error" if said and wrong != "no-target" else "warning"
            yield _of(Reason(wrong, process.id, id), severity, SAY if severity == "warning" else CHOOSE)


def _wrong(node: Node, place: Place, target: Process, after: Bundle, plan: Plan) -> str | None:
    """Why nothing that stands at a node can go to a place: a key of reasons.WORDS."""
    if place.to is None:
        return "no-target"
    process = target
    for step in place.path:
        call = nodes_of(process).get(step)
        if call is None:
            return "target-gone"
        if type(call) is not CallActivity:
            return "not-enterable"
        process = after.processes[call.called.process]
    found = nodes_of(process).get(place.element or "")
    if found is None:
        return "target-gone"
    wrong = misfit(node, found)
    if wrong is not None:
        return wrong
    if isinstance(node, CallActivity) and isinstance(found, CallActivity):
        return None if plan.of(node.called.process).to == found.called.process else "called-differs"
    if isinstance(node, Boundary) and not place.path:
        host = plan.place_of(node.element.process, node.element.attached_to or "")
        return None if host.drop or host.element == found.element.attached_to else "other-border"
    return _around(node, found, process, target, plan)


def _around(node: Node, found: Node, process: Process, target: Process, plan: Plan) -> str | None:
    """Whether the target lies where its source goes on: in the image of its sub-process, or deeper within."""
    if process is not target or node.element.parent is None or isinstance(node, Attached):
        return None
    image = plan.place_of(node.element.process, node.element.parent).element
    at = found.element.parent
    while at is not None and at != image:
        at = target.elements[at].parent
    return None if at == image else "outside"


def _flows(process: Process, target: Process, one: ProcessPlan, plan: Plan) -> Iterator[Finding]:
    nodes, there = nodes_of(process), nodes_of(target)
    known = {arrow.id for node in nodes.values() for inner in (node, one_of(node)) for arrow in inner.flows}
    into = {
        via: node for node in nodes.values() if isinstance(node, Join) and len(node.incoming) > 1
        for via in node.incoming
    }
    for via, node in into.items():
        place = one.flows.get(via) or Place(via)
        join = there.get(plan.place_of(process.id, node.element.id).to or "")
        if place.drop or not isinstance(join, Join) or len(join.incoming) < 2 or place.to in join.incoming:
            continue
        said = via in one.flows and place.to is not None
        yield _of(Reason("arrow-gone", process.id, node.element.id), "error" if said else "warning", SAY)
    for via in sorted(one.flows.keys() - known):
        yield _told(process.id, via, "source-unknown", "error", Text(
            f"لا سهم «{via}» في الإصدار القديم.", f"The old version has no arrow “{via}”."), LEAVE_OUT)


def _variables(process: str, one: ProcessPlan) -> Iterator[Finding]:
    names: Mapping[str, str] = one.variables
    for old, new in names.items():
        if not new.replace("_", "a").isidentifier():
            yield _told(process, old, "variable-name", "error", Text(
                f"«{new[:80]}» ليس اسم متغير.", f"“{new[:80]}” is no name of a variable."), NAME)
    if len(set(names.values())) != len(names):
        yield _told(process, "", "variable-twice", "error", Text(
            "متغيران يأخذان الاسم نفسه.", "Two variables get the same name."), NAME)


def _of(reason: Reason, severity: Severity, mend: Text) -> Finding:
    text = Text(f"{reason.text.ar}.", f"{reason.text.in_('en')[:1].upper()}{reason.text.in_('en')[1:]}.")
    return _told(reason.process, reason.element, reason.key, severity, text, mend)


def _told(process: str, element: str, rule: str, severity: Severity, message: Text, mend: Text) -> Finding:
    return Finding(process, element, rule, severity, message, mend)
