"""A diagram as it was drawn, right or wrong: nodes, flows and scopes straight from the XML, none repaired.

The linter reads this and not the running definitions: its work is to say what those would drop or refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
)
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | CONTAINERS | {"callActivity"}
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS


def local(element: etree._Element) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_bpmn(element: etree._Element) -> bool:
    """Whether the element belongs to BPMN itself, not to a vendor or to the drawing."""
    return str(element.tag).startswith(BPMN)


@dataclass(eq=False)
class Flow:
    """A sequence flow. `source` and `target` are None where the diagram names nothing of the same scope."""

    id: str
    element: etree._Element
    source: "Node | None" = None
    target: "Node | None" = None

    @cached_property
    def condition(self) -> str | None:
        """The text of its condition, None if it has none."""
        found = self.element.find(f"{BPMN}conditionExpression")
        return None if found is None else (found.text or "").strip()


@dataclass(eq=False)
class Node:
    """A flow node: activity, gateway or event, with its flows and what our dialect says of it."""

    id: str
    tag: str
    element: etree._Element
    scope: "Scope"
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundary: list["Node"] = field(default_factory=list)
    inner: "Scope | None" = None

    @property
    def name(self) -> str:
        return (self.element.get("name") or "").strip()

    @cached_property
    def extensions(self) -> list[etree._Element]:
        """The `zeebe:` elements it carries."""
        return extensions(self.element)

    def extension(self, tag: str) -> etree._Element | None:
        """Its first `zeebe:` element of that tag."""
        return next((found for found in self.extensions if local(found) == tag), None)

    def said(self, tag: str, attribute: str) -> str | None:
        """The value of an attribute of one of its `zeebe:` elements, None if unsaid or blank."""
        found = self.extension(tag)
        return (found.get(attribute) or "").strip() or None if found is not None else None

    @cached_property
    def properties(self) -> dict[str, str]:
        """Its zeebe:properties."""
        return pairs(self.extension("properties"), "name")

    @cached_property
    def headers(self) -> dict[str, str]:
        """Its zeebe:taskHeaders."""
        return pairs(self.extension("taskHeaders"), "key")

    def mappings(self, side: str) -> list[tuple[str, str]]:
        """Its (target, source) mappings of one side, "input" or "output"."""
        io = self.extension("ioMapping")
        found = [] if io is None else io.findall(f"{ZEEBE}{side}")
        return [(m.get("target") or "", m.get("source") or "") for m in found]

    @cached_property
    def multi(self) -> etree._Element | None:
        """Its multi-instance marker."""
        return self.element.find(f"{BPMN}multiInstanceLoopCharacteristics")

    @cached_property
    def loop(self) -> dict[str, str]:
        """What its zeebe:loopCharacteristics say."""
        if self.multi is None:
            return {}
        return next(
            (
                {str(k): str(v) for k, v in e.attrib.items()}
                for e in extensions(self.multi)
                if local(e) == "loopCharacteristics"
            ),
            {},
        )

    @cached_property
    def definitions(self) -> list[etree._Element]:
        """Its event definitions."""
        return [child for child in self.element if local(child).endswith("EventDefinition")]

    @property
    def event(self) -> str:
        """The kind of its first event definition: "timer", "message", "error", "" …"""
        return local(self.definitions[0]).removesuffix("EventDefinition") if self.definitions else ""

    @property
    def link(self) -> str:
        """The name of the link that it throws or catches."""
        return (self.definitions[0].get("name") or "").strip() if self.event == "link" else ""

    @property
    def throws_link(self) -> bool:
        return self.tag == "intermediateThrowEvent" and self.event == "link"

    @property
    def catches_link(self) -> bool:
        return self.tag == "intermediateCatchEvent" and self.event == "link"

    @cached_property
    def marker(self) -> etree._Element | None:
        """Its loop marker."""
        return self.element.find(f"{BPMN}standardLoopCharacteristics")

    @property
    def interrupting(self) -> bool:
        """For boundary events and starts of event sub-processes: whether they end what they interrupt."""
        attribute = "cancelActivity" if self.tag == "boundaryEvent" else "isInterrupting"
        return self.element.get(attribute, "true") != "false"

    @property
    def is_event_subprocess(self) -> bool:
        return self.tag in CONTAINERS and self.element.get("triggeredByEvent") == "true"

    @property
    def default(self) -> str | None:
        """The id of the default flow it names."""
        return self.element.get("default")


@dataclass(eq=False)
class Scope:
    """One level of a process: the process itself or a sub-process, with the nodes directly in it."""

    id: str
    element: etree._Element
    parent: Node | None
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    implied: list[Flow] = field(default_factory=list)
    """Without a start event: a flow into everything that nothing else leads to. Drawn nowhere."""

    @cached_property
    def begins(self) -> list[Node]:
        """The nodes where tokens are put when it begins."""
        return self.starts or [flow.target for flow in self.implied if flow.target is not None]

    @property
    def is_event_subprocess(self) -> bool:
        return self.parent is not None and self.parent.is_event_subprocess

    @cached_property
    def starts(self) -> list[Node]:
        """Its start events."""
        return [node for node in self.nodes if node.tag == "startEvent"]

    def event_subprocesses(self) -> list[Node]:
        """The event sub-processes that may begin while it runs."""
        return [node for node in self.nodes if node.is_event_subprocess]

    def walk(self) -> Iterator["Scope"]:
        """Itself and every scope inside it, outermost first."""
        yield self
        for node in self.nodes:
            if node.inner is not None:
                yield from node.inner.walk()


@dataclass(eq=False)
class Diagram:
    """One file: its processes with everything drawn in them."""

    root: etree._Element
    processes: list[Scope]

    @cached_property
    def scopes(self) -> list[Scope]:
        """All levels of all processes."""
        return [scope for process in self.processes for scope in process.walk()]

    @cached_property
    def nodes(self) -> list[Node]:
        """All flow nodes of all levels."""
        return [node for scope in self.scopes for node in scope.nodes]

    @cached_property
    def flows(self) -> list[Flow]:
        """All sequence flows of all levels."""
        return [flow for scope in self.scopes for flow in scope.flows]

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        """Every element that has an id; of two with the same id the first."""
        found: dict[str, etree._Element] = {}
        for element in self.root.iter(f"{BPMN}*"):
            found.setdefault(element.get("id") or "", element)
        return found

    def referred(self, element: etree._Element, attribute: str, tag: str) -> etree._Element | None:
        """The element of that tag which an attribute refers to (messageRef → bpmn:message)."""
        reference = (element.get(attribute) or "").rpartition(":")[2]
        found = self.by_id.get(reference) if reference else None
        return found if found is not None and local(found) == tag else None


def extensions(element: etree._Element) -> list[etree._Element]:
    """The `zeebe:` children of an element's bpmn:extensionElements."""
    holder = element.find(f"{BPMN}extensionElements")
    return [] if holder is None else [child for child in holder if str(child.tag).startswith(ZEEBE)]


def pairs(holder: etree._Element | None, key: str) -> dict[str, str]:
    """zeebe:properties or zeebe:taskHeaders as a mapping."""
    if holder is None:
        return {}
    return {str(child.get(key) or ""): str(child.get("value") or "") for child in holder}


def properties_of(element: etree._Element) -> dict[str, str]:
    """The zeebe:properties of any element (a process, a lane)."""
    return pairs(next((e for e in extensions(element) if local(e) == "properties"), None), "name")
