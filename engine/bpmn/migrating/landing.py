"""Tokens of a case under its old definitions, put down one by one under the new ones."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.bundle import Bundle
from engine.bpmn.containers import CallActivity, Container, SubProcess
from engine.bpmn.events import Attached, Boundary, Catch, EventStart
from engine.bpmn.flow import Flow
from engine.bpmn.graph import Element
from engine.bpmn.migrating.kinds import is_begun_by_event, misfit
from engine.bpmn.migrating.plan import Place, Plan
from engine.bpmn.migrating.reasons import Reason
from engine.bpmn.multi import MultiInstance
from engine.bpmn.nodes import Join, Node
from engine.bpmn.problems import Fault
from engine.bpmn.repeat import Repeat
from engine.bpmn.run import Run
from engine.bpmn.scopes import ROOT
from engine.bpmn.spiff import WAITING, Token


class Landing:
    """One case on its way: `old` as it was loaded, `new` as it grows. `reasons` say what cannot be put down."""

    def __init__(self, bundle: Bundle, plan: Plan, old: Run) -> None:
        self.plan, self.old = plan, old
        self.new = Run(bundle, old.now, old.process, old.counter, old.scopes)
        self.new.outbox = old.outbox
        self.reasons: list[Reason] = []
        self.landed: dict[int, Token] = {}
        self.entered: dict[tuple[int, str], Flow | None] = {}
        """What was entered because somebody's place lies in it, by the flow around it and the activity."""
        self.arriving: list[Token] = []
        """Those that waited at a join which is gone: they go on at another node."""

    def put_down(self) -> None:
        """All flows, the outermost first."""
        for flow in sorted(self.old.flows.values(), key=lambda flow: (flow.depth, flow.key)):
            image = self.image_of(flow)
            for token in sorted(flow.tokens(), key=lambda token: token.id) if image is not None else ():
                self.put(token, image)
        for flow in self.new.flows.values():
            flow.tasks = dict(sorted(flow.tasks.items()))

    def image_of(self, flow: Flow) -> Flow | None:
        """The flow of the new version in which one of the old goes on; None where what runs it was not put down."""
        process = flow.graph.process
        into = self.plan.of(process).to
        if flow.host is None:
            if into != process or process not in self.new.bundle.processes:
                self.refuse("case-process" if into else "process-gone", process, "")
                return None
            self.new.flows[0] = Flow(self.new, self.new.bundle.processes[process].graph, None, ROOT)
            return self.new.flows[0]
        host = self.landed.get(flow.host.id)
        if host is None:
            return None
        node = host.task_spec
        assert isinstance(node, Container)
        if isinstance(node, CallActivity) and node.called.process != into:
            self.refuse("called-differs", flow.host.task_spec.element.process, flow.host.task_spec.element.id)
            return None
        self.new.flows[host.id] = Flow(self.new, node.graph(host), host, node.inner_scope(host))
        return self.new.flows[host.id]

    def put(self, token: Token, image: Flow | None) -> None:
        """One token, if there is a place for it."""
        assert image is not None
        element = token.task_spec.element
        place = self.plan.place_of(element.process, element.id)
        found = self.place_for(token, place, image)
        if found is None:
            return
        flow, node = found
        stopped = "incident" in token.memo
        wrong = misfit(token.task_spec, node, stopped, token.has_state(WAITING))
        if wrong is not None:
            self.refuse(wrong, element.process, element.id)
            return
        made = Token(flow, node, None, token._state, token.id)
        made.memo.update({name: value for name, value in token.memo.items() if name != "kept"})
        if token.id in self.new.scopes and "body" not in token.memo:
            self.new.scopes[token.id].parent = flow.scope
        self.landed[token.id] = made
        if isinstance(token.task_spec, Join):
            self.came_by(token, made)
        if isinstance(node, Catch):
            self.say_anew(made, node)

    def place_for(self, token: Token, place: Place, image: Flow) -> tuple[Flow, Node] | None:
        """The flow and the node at which a token is put down; None, with a reason, where there is none."""
        element = token.task_spec.element
        if "body" in token.memo:
            body = self.landed.get(token.memo["body"])
            if body is None:
                return None
            assert isinstance(body.task_spec, MultiInstance | Repeat)
            return body.workflow, body.task_spec.item
        if place.to is None:
            self.nowhere("no-target", element)
            return None
        if isinstance(token.task_spec, Attached):
            return self.beside(token, place, image)
        return self.inside(element, place, image)

    def beside(self, token: Token, place: Place, image: Flow) -> tuple[Flow, Node] | None:
        """The place of an event on a border, or of one that begins an event sub-process."""
        element, flow = token.task_spec.element, image
        if isinstance(token.task_spec, Boundary) and "host" in token.memo:
            host = self.landed.get(token.memo["host"])
            if host is None:
                return None
            flow = host.workflow
            node = flow.graph.task_specs.get(place.to or "")
            if node is not None and node not in host.task_spec.boundaries:
                self.nowhere("other-border", element)
                return None
        else:
            node = flow.graph.task_specs.get(place.to or "")
        if node is None:
            self.nowhere("target-gone", element)
            return None
        return flow, node

    def inside(self, element: Element, place: Place, image: Flow) -> tuple[Flow, Node] | None:
        """The place of everything else: in the flow that is this one's image, or in activities within it, which are
        entered for it."""
        flow = image
        steps = (*place.path, place.element or "")
        for number, step in enumerate(steps, 1):
            process = self.new.bundle.processes[flow.graph.process]
            target = process.elements.get(step)
            if target is None:
                self.nowhere("target-gone", element)
                return None
            around = containers_of(process.elements, target, flow)
            if around is None:
                self.nowhere("outside", element)
                return None
            for container in around if number == len(steps) else (*around, step):
                entered = self.enter(flow, container, element)
                if entered is None:
                    return None
                flow = entered
        return flow, flow.graph.task_specs[place.element or ""]

    def enter(self, flow: Flow, container: str, element: Element) -> Flow | None:
        """What runs inside an activity that something is put down in: begun once for all that goes there."""
        key = (flow.key, container)
        if key not in self.entered:
            self.entered[key] = self.begin(flow, container, element)
        return self.entered[key]

    def begin(self, flow: Flow, container: str, element: Element) -> Flow | None:
        """Enter an activity without its first step. None, with a reason, where that cannot be done."""
        node = flow.graph.task_specs[container]
        if type(node) not in (SubProcess, CallActivity) or is_begun_by_event(flow.graph, node):
            self.nowhere("not-enterable", element)
            return None
        assert isinstance(node, Container)
        token = flow.place(node)
        try:
            node.enter(token)
        except Fault:
            self.nowhere("enter-failed", element)
            return None
        token.begin()
        inner = self.new.flows[token.id] = Flow(self.new, node.graph(token), token, node.inner_scope(token))
        for start in inner.graph.starts:
            if isinstance(start, EventStart):
                inner.place(start).arrive()
        return inner

    def came_by(self, token: Token, made: Token) -> None:
        """By which arrow a token has come to the join where it waits now; or that it goes on."""
        element, node = token.task_spec.element, made.task_spec
        via = made.memo.pop("via", None)
        if not isinstance(node, Join):
            self.arriving.append(made)
            return
        if len(node.incoming) < 2 or via is None:
            return
        arrow = self.plan.flow_of(element.process, via).to
        if arrow not in node.incoming:
            self.refuse("arrow-gone", element.process, element.id)
            return
        made.memo["via"] = arrow

    def say_anew(self, token: Token, node: Catch) -> None:
        """Under which name something is waited for is the new version's to say: so it is sent. When, and with which
        key, stays."""
        wait, trigger = token.memo.get("wait"), node.traits.trigger
        if wait is None or trigger is None:
            return
        token.memo["wait"] = wait = dict(wait)
        if "name" in wait:
            wait["name"] = trigger.name
        if "code" in wait:
            wait["code"] = trigger.code

    def refuse(self, key: str, process: str, element: str) -> None:
        """Write down why something cannot be put down."""
        self.reasons.append(Reason(key, process, element))

    def nowhere(self, key: str, element: Element) -> None:
        """The same of an element; there is no place then."""
        self.refuse(key, element.process, element.id)


def containers_of(elements: Mapping[str, Element], target: Element, flow: Flow) -> list[str] | None:
    """The sub-processes around an element, the outermost first, up to where a flow runs; None where it lies outside."""
    host = flow.host.task_spec if flow.host is not None else None
    level = host.element.id if isinstance(host, SubProcess) else None
    found: list[str] = []
    at = target.parent
    while at != level:
        if at is None:
            return None
        found.insert(0, at)
        at = elements[at].parent
    return found
