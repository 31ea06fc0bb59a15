"""Builds the graphs of a file with SpiffWorkflow's parser.

SpiffWorkflow finds processes, nodes, flows and lanes and picks the class for each tag. It would walk from node to node
recursively (and fail on long diagrams), so nodes are read one by one and connected afterwards, in document order:
moving a shape changes nothing.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.bpmn import activities, containers, events, nodes, throws
from engine.bpmn.activities import Activity
from engine.bpmn.checks import begins, condition_of, event_of, is_event_subprocess, linked
from engine.bpmn.dialect import traits_of
from engine.bpmn.expressions import Expression
from engine.bpmn.graph import Element, Graph, SequenceFlow
from engine.bpmn.multi import MultiInstance
from engine.bpmn.names import BPMN, FLOW_NODES, extension, local, pairs, words_of
from engine.bpmn.nodes import Inclusive, Node
from engine.bpmn.problems import BpmnError
from engine.bpmn.repeat import Repeat
from engine.bpmn.spiff import FileParser, NodeParserBase, ProcessParserBase, full_tag
from engine.bpmn.traits import Traits
from engine.text import Text


class NodeParser(NodeParserBase):
    """Reads one flow node. `spec_class` is what the table below gives for its tag."""

    def parse_node(self) -> Node:
        """The node, not yet connected."""
        element = element_of(self.node, self.lane)
        self.process_parser.parser.elements.setdefault(element.process, {})[element.id] = element
        loop, again = element.traits.loop, element.traits.again
        if loop is not None:
            node: Node = MultiInstance(self.spec, element.id, element, self.item(element), loop)
        elif again is not None:
            node = Repeat(self.spec, element.id, element, self.item(element), again)
        else:
            node = self.make(element, element.id)
        node.default = self.node.get("default")
        return node

    def item(self, element: Element) -> Activity:
        """One of many."""
        made = self.make(element, f"{element.id} [item]")
        assert isinstance(made, Activity)
        return made

    def make(self, element: Element, name: str) -> Node:
        """The node itself; for a multi-instance this is one item."""
        made: Node = self.spec_class(self.spec, name, element)
        return made


class TaskNodeParser(NodeParser):
    """Tasks and events of which the extensions or the event definition decide the class."""

    def make(self, element: Element, name: str) -> Node:
        return class_of(element)(self.spec, name, element)


class SubProcessParser(NodeParser):
    """Reads the inner graph too."""

    def make(self, element: Element, name: str) -> Node:
        parser = self.process_parser.parser
        if element.id not in parser.process_parsers:
            parser.create_parser(self.node, lane=self.lane)
        inner: Graph = parser.process_parsers[element.id].get_spec()
        return containers.SubProcess(self.spec, name, element, inner)


class ScopeParser(ProcessParserBase):
    """Reads a process or sub-process."""

    def create_spec(self) -> Graph:
        """The graph to fill."""
        return Graph(self.node.get("id"), process_of(self.node))

    def add_tasks(self) -> None:
        """All nodes, then all flows; then what belongs to the borders."""
        graph: Graph = self.spec
        children = [child for child in self.node if local(child) in FLOW_NODES]
        for child in children:
            self.parse_node(child)
        for flow in self.node.iterchildren(f"{BPMN}sequenceFlow"):
            connect(graph, flow)
        for source, target in linked(children).items():
            node = graph.task_specs[source]
            node.connect_flow(SequenceFlow(f"{source} [link]", graph.task_specs[target]))
        for child in children:
            self.attach(graph, child)
        if self.node.find(f"{BPMN}startEvent") is None:
            entered = {flow.get("targetRef", "") for flow in self.node.iterchildren(f"{BPMN}sequenceFlow")}
            graph.starts[:0] = [graph.task_specs[child.get("id", "")] for child in children if begins(child, entered)]
        finish(graph)

    def attach(self, graph: Graph, child: etree._Element) -> None:
        """Put boundary events at their hosts, and starts at the beginning of the graph."""
        node = graph.task_specs[child.get("id", "")]
        if local(child) == "boundaryEvent":
            graph.task_specs[child.get("attachedToRef", "")].boundaries.append(node)
        elif local(child) == "startEvent":
            graph.starts.insert(0, node)
        elif is_event_subprocess(child):
            inner = next(child.iterchildren(f"{BPMN}startEvent"))
            element = element_of(inner, None)
            start = events.EventStart(graph, element.id, element)
            start.connect_flow(SequenceFlow(f"{element.id} [start]", node))
            graph.starts.append(start)


class DiagramParser(FileParser):
    """Reads one file."""

    PROCESS_PARSER_CLASS = ScopeParser

    def __init__(self, root: etree._Element) -> None:
        super().__init__()
        self.elements: dict[str, dict[str, Element]] = {}
        self.add_bpmn_xml(root)

    def graph(self, process: str) -> Graph:
        """The graph of a process."""
        found: Graph = self.get_spec(process)
        return found


PLAIN: dict[str, type[Node]] = {
    "task": activities.PassThrough, "manualTask": activities.PassThrough, "userTask": activities.UserTask,
    "receiveTask": events.Receive, "callActivity": containers.CallActivity, "startEvent": nodes.StartEvent,
    "exclusiveGateway": nodes.Exclusive, "parallelGateway": nodes.Parallel, "inclusiveGateway": Inclusive,
    "eventBasedGateway": nodes.EventGateway, "boundaryEvent": events.Boundary,
}
DECIDED = (
    "serviceTask", "sendTask", "scriptTask", "businessRuleTask", "endEvent", "intermediateThrowEvent",
    "intermediateCatchEvent",
)
DiagramParser.OVERRIDE_PARSER_CLASSES = {
    **{full_tag(tag): (NodeParser, class_) for tag, class_ in PLAIN.items()},
    **{full_tag(tag): (TaskNodeParser, Node) for tag in DECIDED},
    full_tag("subProcess"): (SubProcessParser, containers.SubProcess),
}
ENDS: dict[str | None, type[Node]] = {
    None: nodes.EndEvent, "error": throws.ErrorEnd, "terminate": nodes.TerminateEnd,
    "escalation": throws.EscalationThrow, "signal": throws.SignalThrow,
}
THROWN: dict[str | None, type[Node]] = {
    None: activities.PassThrough, "escalation": throws.EscalationThrow, "signal": throws.SignalThrow,
    "link": throws.Link,
}


def class_of(element: Element) -> type[Node]:
    """What a task or throwing event is, from what its extensions say. Raises BpmnError if they say nothing."""
    traits = element.traits
    if element.type == "scriptTask" and traits.script is not None:
        return activities.Script
    if element.type == "businessRuleTask" and traits.decision is not None:
        return activities.Rule
    if element.type == "endEvent" and element.event in ENDS:
        return ENDS[element.event]
    if element.type == "intermediateThrowEvent" and element.event in THROWN:
        return THROWN[element.event]
    if element.type == "intermediateCatchEvent":
        return throws.Link if element.event == "link" else events.Catch
    if traits.job is None:
        raise BpmnError(Text("لا يُعرف ما يُنفَّذ هنا.", "It is not said what is to be done here."), element.id)
    return activities.Job


def process_of(node: etree._Element) -> str:
    """The id of the process that a node lies in."""
    if local(node) == "process":
        return str(node.get("id"))
    return next(str(above.get("id")) for above in node.iterancestors(f"{BPMN}process"))


def element_of(node: etree._Element, lane: str | None) -> Element:
    """A flow node as the platform sees it."""
    traits = traits_of(node)
    parent = node.getparent()
    properties = pairs(extension(node, "properties"), "name")
    if local(node) == "callActivity" and traits.called is None:
        raise BpmnError(Text("لم يحدَّد الإجراء المستدعى.", "The process to call is not named."), node.get("id", ""))
    return Element(
        id=node.get("id", ""), type=local(node), name=words_of(node, properties), process=process_of(node),
        properties=properties, form=traits.form or properties.get("form"), groups=static_list(traits),
        lane=lane, parent=parent.get("id") if parent is not None and local(parent) == "subProcess" else None,
        event="message" if local(node) == "receiveTask" else event_of(node), attached_to=node.get("attachedToRef"),
        interrupting="false" not in (node.get("cancelActivity"), node.get("isInterrupting")),
        calls=traits.called.process if traits.called else None, multiple=multiple_of(traits),
        documentation=(node.findtext(f"{BPMN}documentation") or "").strip() or None, traits=traits)


def static_list(traits: Traits) -> tuple[str, ...]:
    """The groups that are written out; () where an expression decides."""
    groups = traits.groups
    if groups is None or not groups.is_static:
        return ()
    return tuple(name.strip() for name in groups.text.split(",") if name.strip())


def multiple_of(traits: Traits) -> str | None:
    """Whether an activity repeats over a list, and how."""
    if traits.loop is None:
        return None if traits.again is None else "loop"
    return "sequential" if traits.loop.sequential else "parallel"


def connect(graph: Graph, flow: etree._Element) -> None:
    """Add an arrow to the graph."""
    source: Any = graph.task_specs[flow.get("sourceRef", "")]
    text, id = condition_of(flow), flow.get("id", "")
    condition = Expression(text, id, must_be_feel=True) if text else None
    source.connect_flow(SequenceFlow(id, graph.task_specs[flow.get("targetRef", "")], condition))


def finish(graph: Graph) -> None:
    """What follows from the whole of a graph, written down once."""
    for node in graph.task_specs.values():
        if isinstance(node, Inclusive):
            node.upstream = {via: upstream(graph, node, via) for via in node.incoming}
            graph.has_inclusive_joins |= len(node.incoming) > 1
        graph.has_conditions |= node.element.event == "conditional"


def upstream(graph: Graph, gateway: Inclusive, via: str) -> frozenset[Node]:
    """The nodes from which a token can come in by an arrow without passing the gateway itself."""
    before: dict[Node, list[Node]] = {}
    last: list[Node] = []
    for node in graph.task_specs.values():
        for flow in node.flows:
            before.setdefault(flow.target, []).append(node)
            if flow.id == via:
                last.append(node)
    seen: set[Node] = set()
    while last:
        node = last.pop()
        if node is not gateway and node not in seen:
            seen.add(node)
            last.extend(before.get(node, ()))
    return frozenset(seen)
