"""What a diagram must be so that it can run at all. What merely runs unwisely is the linter's to say."""

from collections.abc import Iterable, Iterator

from lxml import etree

from engine.bpmn.names import ACTIVITIES, BPMN, DRAWN_ONLY, FLOW_NODES, extension, is_bpmn, local, name_of
from engine.bpmn.problems import BpmnError
from engine.text import Text

NEST_LIMIT = 20
INSIDE_NODES = frozenset({
    "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "timerEventDefinition",
    "messageEventDefinition", "errorEventDefinition", "terminateEventDefinition", "signalEventDefinition",
    "escalationEventDefinition", "conditionalEventDefinition", "linkEventDefinition",
})
REFUSED_FLAGS = ("isForCompensation", "instantiate", "parallelMultiple")
UNMAPPED = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})


def check_scope(scope: etree._Element, depth: int = 0) -> None:
    """Checks a process or sub-process and all inside it; raises BpmnError at the element to mend."""
    if depth > NEST_LIMIT:
        raise BpmnError(Text(
            f"الإجراءات الفرعية متداخلة أكثر من {NEST_LIMIT} مستوى.",
            f"Sub-processes are nested more than {NEST_LIMIT} levels deep."), name_of(scope))
    nodes: dict[str, etree._Element] = {}
    for child in scope:
        if is_bpmn(child):
            _known(child, scope)
            if local(child) in FLOW_NODES:
                _node(child)
                nodes[child.get("id", "")] = child
    flows = scope.findall(f"{BPMN}sequenceFlow")
    _starts(scope, nodes, flows)
    _arrows(nodes, flows)
    _boundaries(nodes)
    links = linked(nodes.values())
    _reachable(scope, nodes, flows, links)
    for node in nodes.values():
        _branching(node, [flow for flow in flows if flow.get("sourceRef") == node.get("id")], nodes)
        if local(node) == "subProcess":
            check_scope(node, depth + 1)


def _refuse(node: etree._Element, ar: str, en: str) -> BpmnError:
    return BpmnError(Text(ar, en), name_of(node))


def _known(child: etree._Element, scope: etree._Element) -> None:
    tag = local(child)
    inside = local(scope) == "subProcess" and tag in INSIDE_NODES
    if tag not in FLOW_NODES and tag not in DRAWN_ONLY and not inside:
        raise _refuse(child, f"العنصر «{tag[:60]}» غير مدعوم.", f"{tag[:60]} is not supported.")


def _node(node: etree._Element) -> None:
    if not node.get("id"):
        raise _refuse(node, "العنصر بلا معرّف.", "The element has no id.")
    for flag in REFUSED_FLAGS:
        if node.get(flag) == "true":
            raise _refuse(node, f"الخاصية «{flag}» غير مدعومة.", f"{flag} is not supported.")
    if local(node) != "subProcess":
        for child in node:
            tag = local(child)
            if is_bpmn(child) and tag not in INSIDE_NODES | DRAWN_ONLY and not tag.endswith("EventDefinition"):
                raise _refuse(node, f"العنصر «{tag[:60]}» غير مدعوم.", f"{tag[:60]} is not supported.")
    multi, again = (node.find(f"{BPMN}{marker}LoopCharacteristics") for marker in ("multiInstance", "standard"))
    if (multi is not None or again is not None) and (local(node) not in ACTIVITIES or is_event_subprocess(node)):
        raise _refuse(node, "التكرار غير مدعوم هنا.", "Repetition is not supported here.")
    if multi is not None and again is not None:
        raise _refuse(node, "علامتا تكرار على عنصر واحد.", "One activity carries two loop markers.")
    plain = local(node) in UNMAPPED or (
        local(node) == "endEvent" and extension(node, "taskDefinition") is None and event_of(node) != "signal")
    if plain and extension(node, "ioMapping") is not None:
        raise _refuse(node, "خرائط المتغيرات غير مدعومة هنا.", "Mappings are not supported here.")


def is_event_subprocess(node: etree._Element) -> bool:
    """Whether a sub-process is begun by an event instead of by a token."""
    return local(node) == "subProcess" and node.get("triggeredByEvent") == "true"


def event_of(node: etree._Element) -> str | None:
    """The kind of the first event definition ("timer", "message", …), None for a plain event."""
    return next((local(child).removesuffix("EventDefinition") for child in node
                 if local(child).endswith("EventDefinition")), None)


def begins(node: etree._Element, entered: set[str]) -> bool:
    """Whether a node begins a scope that has no start event: nothing leads to it. `entered` is what flows lead to."""
    tag = local(node)
    if node.get("id") in entered or tag == "boundaryEvent" or is_event_subprocess(node):
        return False
    return not (tag == "intermediateCatchEvent" and event_of(node) == "link")


def _starts(scope: etree._Element, nodes: dict[str, etree._Element], flows: list[etree._Element]) -> None:
    starts = [node for node in nodes.values() if local(node) == "startEvent"]
    entered = {flow.get("targetRef", "") for flow in flows}
    if not starts and not is_event_subprocess(scope) and any(begins(node, entered) for node in nodes.values()):
        return
    if len(starts) != 1:
        raise _refuse(scope, "لا بد من حدث بداية واحد.", "Exactly one start event is needed.")
    start, event = starts[0], event_of(starts[0])
    if is_event_subprocess(scope):
        if event is None:
            raise _refuse(start, "الإجراء الفرعي الحدثي يبدأ بحدث.", "An event sub-process begins with an event.")
        _error_interrupts(start, event, "isInterrupting")
    elif event is not None:
        raise _refuse(start, "ابدأ بحدث بداية بسيط؛ المنصة هي التي تبدأ الإجراء.",
                      "Begin with a plain start event: the platform starts the process.")
    elif extension(start, "ioMapping") is not None:
        raise _refuse(start, "خرائط المتغيرات غير مدعومة هنا.", "Mappings are not supported here.")


def _error_interrupts(node: etree._Element, event: str | None, attribute: str) -> None:
    if event == "error" and node.get(attribute) == "false":
        raise _refuse(node, "حدث الخطأ يقطع دائماً.", "An error event always interrupts.")


def _arrows(nodes: dict[str, etree._Element], flows: list[etree._Element]) -> None:
    for flow in flows:
        source, target = nodes.get(flow.get("sourceRef", "")), nodes.get(flow.get("targetRef", ""))
        if source is None or target is None:
            raise _refuse(flow, "السهم لا يصل بين عنصرين في المستوى نفسه.",
                          "The flow does not connect two elements of the same level.")
        if local(source) == "endEvent" or is_event_subprocess(source) or _links(source, "intermediateThrowEvent"):
            raise _refuse(source, "لا يخرج سهم من هنا.", "No flow may leave here.")
        beginning = local(target) in {"startEvent", "boundaryEvent"} or _links(target, "intermediateCatchEvent")
        if beginning or is_event_subprocess(target):
            raise _refuse(target, "لا يدخل سهم إلى هنا.", "No flow may enter here.")


def _links(node: etree._Element, tag: str) -> bool:
    return local(node) == tag and event_of(node) == "link"


def _boundaries(nodes: dict[str, etree._Element]) -> None:
    for node in nodes.values():
        if local(node) == "boundaryEvent":
            host = nodes.get(node.get("attachedToRef", ""))
            if host is None or local(host) not in ACTIVITIES or is_event_subprocess(host):
                raise _refuse(node, "الحدث ليس على حد نشاط.", "The event is not on the border of an activity.")
            if event_of(node) is None:
                raise _refuse(node, "الحدث على الحد بلا تعريف.", "The event on the border waits for nothing.")
            _error_interrupts(node, event_of(node), "cancelActivity")


def linked(nodes: Iterable[etree._Element]) -> dict[str, str]:
    """Of each throwing link event of a scope the catching one of the same name, by id. Raises BpmnError."""
    links = [node for node in nodes if event_of(node) == "link"]
    catches: dict[str, str] = {}
    for node in (node for node in links if local(node) == "intermediateCatchEvent"):
        if catches.setdefault(_link_name(node), node.get("id", "")) != node.get("id"):
            raise _refuse(node, "حدثا ربط يستقبلان الاسم نفسه.", "Two link events catch the same name.")
    found = {}
    for node in (node for node in links if local(node) == "intermediateThrowEvent"):
        if _link_name(node) not in catches:
            raise _refuse(node, "لا حدث ربط يستقبل هذا الاسم.", "No link event of this level catches this name.")
        found[node.get("id", "")] = catches[_link_name(node)]
    return found


def _link_name(node: etree._Element) -> str:
    definition = node.find(f"{BPMN}linkEventDefinition")
    return "" if definition is None else (definition.get("name") or "").strip()


def _reachable(scope: etree._Element, nodes: dict[str, etree._Element], flows: list[etree._Element],
               links: dict[str, str]) -> None:
    next_of: dict[str, list[str]] = {source: [target] for source, target in links.items()}
    for flow in flows:
        next_of.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
    for id, node in nodes.items():
        if local(node) == "boundaryEvent":
            next_of.setdefault(node.get("attachedToRef", ""), []).append(id)
    entered = {flow.get("targetRef", "") for flow in flows}
    drawn = scope.find(f"{BPMN}startEvent") is not None
    todo = [id for id, node in nodes.items() if is_event_subprocess(node) or (
        local(node) == "startEvent" if drawn else begins(node, entered))]
    seen: set[str] = set()
    while todo:
        id = todo.pop()
        if id not in seen:
            seen.add(id)
            todo.extend(next_of.get(id, ()))
    for id, node in nodes.items():
        if id not in seen:
            raise _refuse(node, "لا طريق يصل إلى العنصر.", "No path leads to the element.")


def _branching(node: etree._Element, out: list[etree._Element], nodes: dict[str, etree._Element]) -> None:
    tag, default = local(node), node.get("default")
    if default is not None and default not in {flow.get("id") for flow in out}:
        raise _refuse(node, "المسار الافتراضي ليس من مسارات العنصر.", "The default flow does not leave this element.")
    conditions = [flow for flow in out if condition_of(flow)]
    if tag in {"exclusiveGateway", "inclusiveGateway"}:
        for flow in out:
            if len(out) > 1 and flow not in conditions and flow.get("id") != default:
                raise _refuse(flow, "مسار البوابة بلا شرط وليس افتراضياً.",
                              "A flow out of the gateway has neither a condition nor is it the default.")
    elif tag not in ACTIVITIES and conditions:
        raise _refuse(conditions[0], "الشرط هنا لا يُقرأ.", "A condition here would be ignored.")
    if tag == "eventBasedGateway":
        _event_gateway(node, [nodes[flow.get("targetRef", "")] for flow in out])
    if tag in {"intermediateCatchEvent"} and event_of(node) is None:
        raise _refuse(node, "الحدث لا ينتظر شيئاً.", "The event waits for nothing.")


def _event_gateway(node: etree._Element, targets: list[etree._Element]) -> None:
    if not targets or any(local(target) not in {"intermediateCatchEvent", "receiveTask"} for target in targets):
        raise _refuse(node, "بعد بوابة الأحداث لا تأتي إلا أحداث منتظرة.",
                      "Only events that are waited for may follow an event gateway.")


def condition_of(flow: etree._Element) -> str:
    """The text of a flow's condition, "" if it has none."""
    return (flow.findtext(f"{BPMN}conditionExpression") or "").strip()


def executable(root: etree._Element) -> Iterator[etree._Element]:
    """The processes of a file."""
    yield from root.iterchildren(f"{BPMN}process")
