"""Elements that we do not run, by name: nothing that was drawn is a silent no-op."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, CONTAINERS, FLOW_NODES, Diagram, Node, is_bpmn, local
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.names import is_documentation
from engine.text import Text

REPLACE_BY_TASKS = Text(
    "استبدله بعناصر مدعومة: مهام وبوابات وأحداث ظاهرة.", "Draw it with tasks, gateways and events."
)

UNSUPPORTED = {
    "adHocSubProcess": (
        Text("الإجراء الفرعي الحر (ad-hoc)", "The ad-hoc sub-process"),
        Text(
            "استخدم إجراءً فرعياً عادياً بحلقة، أو عناصر متوازية.",
            "Use a plain sub-process with a loop, or parallel branches.",
        ),
    ),
    "transaction": (
        Text("المعاملة (transaction)", "The transaction"),
        Text(
            "استخدم إجراءً فرعياً عادياً مع حدث خطأ على حدّه.",
            "Use a plain sub-process with an error event on its border.",
        ),
    ),
    "complexGateway": (
        Text("البوابة المعقدة", "The complex gateway"),
        Text(
            "استخدم بوابة شاملة أو متوازية بشروط مكتوبة.",
            "Use an inclusive or parallel gateway with written conditions.",
        ),
    ),
    "compensateEventDefinition": (
        Text("حدث التعويض", "Compensation"),
        Text(
            "ارسم خطوات التراجع مساراً ظاهراً بعد بوابة.",
            "Draw the steps that undo as a visible path behind a gateway.",
        ),
    ),
    "cancelEventDefinition": (
        Text("حدث إلغاء المعاملة", "The cancel event"),
        Text("استخدم حدث خطأ بدلاً منه.", "Use an error event instead."),
    ),
    "ioSpecification": (
        Text("مواصفة المدخلات والمخرجات ioSpecification", "The ioSpecification"),
        Text(
            "استخدم خرائط المدخلات والمخرجات (zeebe:ioMapping).",
            "Use input and output mappings (zeebe:ioMapping).",
        ),
    ),
    "property": (
        Text("خاصية BPMN (bpmn:property)", "The bpmn:property"),
        Text("استخدم الخصائص الإضافية (zeebe:properties).", "Use extension properties (zeebe:properties)."),
    ),
    "dataInputAssociation": (
        Text("نقل البيانات على سهم القراءة", "Copying along an arrow from a data object"),
        Text(
            "أبقِ السهم بلا تعيين؛ المتغيرات تُقرأ بتعابير FEEL.",
            "Keep the arrow without an assignment; FEEL expressions read variables.",
        ),
    ),
    "dataOutputAssociation": (
        Text("نقل البيانات على سهم الكتابة", "Copying along an arrow to a data object"),
        Text(
            "أبقِ السهم بلا تعيين واستخدم خريطة مخرجات.",
            "Keep the arrow without an assignment, and use an output mapping.",
        ),
    ),
    "script": (
        Text("نص برمجي داخل المهمة (bpmn:script)", "A script inside the task (bpmn:script)"),
        Text("استخدم تعبير FEEL (zeebe:script).", "Use a FEEL expression (zeebe:script)."),
    ),
    "loopCardinality": (
        Text("عدد مرات التكرار loopCardinality", "The loopCardinality"),
        Text(
            "اذكر مجموعة في zeebe:loopCharacteristics، مثل =for i in 1..3 return i",
            "State a collection in zeebe:loopCharacteristics, such as =for i in 1..3 return i",
        ),
    ),
    "loopDataInputRef": (
        Text("المجموعة loopDataInputRef", "The loopDataInputRef"),
        Text(
            "اذكر المجموعة في zeebe:loopCharacteristics.",
            "State the collection in zeebe:loopCharacteristics.",
        ),
    ),
    **{
        tag: (
            Text(f"تعيين الأشخاص بعنصر {tag}", f"Assigning people by {tag}"),
            Text(
                "استخدم candidateGroups في zeebe:assignmentDefinition.",
                "Use candidateGroups in zeebe:assignmentDefinition.",
            ),
        )
        for tag in ("performer", "humanPerformer", "potentialOwner", "resourceRole")
    },
}

_DRAWN_ONLY = frozenset(
    {
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "association",
        "group",
        "sequenceFlow",
        "auditing",
        "monitoring",
        "category",
        "artifact",
    }
)
_INSIDE_NODES = frozenset(
    {
        "multiInstanceLoopCharacteristics",
        "messageEventDefinition",
        "timerEventDefinition",
        "errorEventDefinition",
        "terminateEventDefinition",
        "signalEventDefinition",
        "escalationEventDefinition",
        "conditionalEventDefinition",
        "linkEventDefinition",
        "standardLoopCharacteristics",
    }
)
_REFUSED_FLAGS = (
    ("isForCompensation", "true", UNSUPPORTED["compensateEventDefinition"]),
    (
        "instantiate",
        "true",
        (
            Text(
                "بدء الإجراء من مهمة استلام أو بوابة أحداث",
                "Starting a process from a receive task or an event gateway",
            ),
            Text("ابدأ بحدث بداية بسيط.", "Begin with a plain start event."),
        ),
    ),
    (
        "parallelMultiple",
        "true",
        (
            Text("الحدث المتعدد المتوازي", "The parallel multiple event"),
            Text("ارسم الأحداث واحداً واحداً.", "Draw the events one by one."),
        ),
    ),
)


def unsupported(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Elements that BPMN has and we refuse, each by its name, with what to draw instead."""
    del known
    for process in diagram.processes:
        for element in process.element.iter(f"{BPMN}*"):
            tag = local(element)
            if tag in UNSUPPORTED and not is_documentation(element):
                yield _refused(_owner(element), UNSUPPORTED[tag])
            for attribute, value, words in _REFUSED_FLAGS:
                if element.get(attribute) == value:
                    yield _refused(element, words)


def unknown(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Elements in a place where BPMN knows no such thing."""
    del known
    for scope in diagram.scopes:
        for child in scope.element:
            if is_bpmn(child) and not _belongs(child, scope.parent):
                yield _strange(child)
    for node in diagram.nodes:
        if node.tag not in CONTAINERS:
            yield from (
                _strange(child) for child in node.element if is_bpmn(child) and not _fits(local(child))
            )


def _belongs(child: etree._Element, parent: Node | None) -> bool:
    tag = local(child)
    inside_subprocess = parent is not None and _fits(tag)
    return tag in FLOW_NODES or tag in _DRAWN_ONLY or tag in UNSUPPORTED or inside_subprocess


def _fits(tag: str) -> bool:
    return tag in _DRAWN_ONLY or tag in UNSUPPORTED or tag in _INSIDE_NODES or tag == "conditionExpression"


def _owner(element: etree._Element) -> etree._Element:
    """The flow node that carries an inner element such as an event definition; itself if it is one."""
    while local(element) not in FLOW_NODES:
        parent = element.getparent()
        if parent is None or local(parent) in {"process", "definitions"}:
            return element
        element = parent
    return element


def _refused(element: etree._Element, words: tuple[Text, Text]) -> Flaw:
    what, mend = words
    return Flaw(label(element), Text(f"{what.ar}: غير مدعوم.", f"{what.en} is not supported."), mend)


def _strange(element: etree._Element) -> Flaw:
    tag = local(element)[:60]
    return Flaw(
        label(element),
        Text(
            f"عنصر «{tag}» غير معروف في هذا الموضع، وسيُتجاهل.",
            f"The element “{tag}” is not known in this place and would be ignored.",
        ),
        REPLACE_BY_TASKS,
    )
