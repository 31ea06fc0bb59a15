"""From XML to the diagram that the linter reads: nodes joined by flows, links and borders."""

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, CONTAINERS, FLOW_NODES, Diagram, Flow, Node, Scope, is_bpmn, local
from engine.bpmn.sources import runs


def read_diagram(root: etree._Element) -> Diagram:
    """The diagram under a bpmn:definitions element; holes stay holes. The XML reader bounds its nesting. Pools that
    merely show the other side are documentation, unless nothing else is there."""
    drawn = root.findall(f"{BPMN}process")
    return Diagram(root, [_scope(element, None) for element in [p for p in drawn if runs(p, drawn)] or drawn])


def _scope(element: etree._Element, parent: Node | None) -> Scope:
    scope = Scope(element.get("id") or "", element, parent)
    for child in element:
        if not is_bpmn(child):
            continue
        tag = local(child)
        if tag in FLOW_NODES:
            node = Node(child.get("id") or "", tag, child, scope)
            scope.nodes.append(node)
            if tag in CONTAINERS:
                node.inner = _scope(child, node)
        elif tag == "sequenceFlow":
            scope.flows.append(Flow(child.get("id") or "", child))
    _connect(scope)
    return scope


def _connect(scope: Scope) -> None:
    by_id: dict[str, Node] = {}
    for node in scope.nodes:
        by_id.setdefault(node.id, node)
    for flow in scope.flows:
        flow.source = by_id.get(flow.element.get("sourceRef") or "")
        flow.target = by_id.get(flow.element.get("targetRef") or "")
        if flow.source is not None and flow.target is not None:
            flow.source.outgoing.append(flow)
            flow.target.incoming.append(flow)
    for node in scope.nodes:
        host = by_id.get(node.element.get("attachedToRef") or "") if node.tag == "boundaryEvent" else None
        if host is not None:
            host.boundary.append(node)
    _link(scope)
    if not scope.starts and not scope.is_event_subprocess:
        for node in [node for node in scope.nodes if _begins(node)]:
            scope.implied.append(Flow(node.id, node.element, None, node))
            node.incoming.append(scope.implied[-1])


def _begins(node: Node) -> bool:
    return not node.incoming and node.tag != "boundaryEvent" and not node.is_event_subprocess and not node.catches_link


def _link(scope: Scope) -> None:
    """A link is a flow from each throwing end to the catching end of its name."""
    catches = {node.link: node for node in reversed(scope.nodes) if node.catches_link}
    for node in (node for node in scope.nodes if node.throws_link and node.link in catches):
        flow = Flow(node.id, node.element, node, catches[node.link])
        node.outgoing.append(flow)
        catches[node.link].incoming.append(flow)
