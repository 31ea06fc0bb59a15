"""What a diagram may say to Masar beside BPMN itself: its properties, its calls and its messages. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.safexml import UnsafeXml, parse_xml
from engine.text import Text


@dataclass(frozen=True)
class KnownProperty:
    """A `zeebe:property` that the engine or the pages read; `on` are the BPMN types that may carry it."""

    key: str
    on: tuple[str, ...]
    title: Text
    help: Text


@dataclass(frozen=True)
class CallShape:
    """A type of job, the headers that it takes and the inputs that it reads (see engine/calls)."""

    type: str
    title: Text
    headers: tuple[str, ...]
    inputs: tuple[str, ...]


WORK = ("bpmn:UserTask",)
ASKING = ("bpmn:IntermediateCatchEvent", "bpmn:ReceiveTask", "bpmn:BoundaryEvent", "bpmn:StartEvent")
RUNNING = (
    "bpmn:CallActivity", "bpmn:SubProcess", "bpmn:ServiceTask", "bpmn:UserTask", "bpmn:StartEvent",
    "bpmn:BoundaryEvent",
)
EVERYTHING = (
    "bpmn:Process", "bpmn:StartEvent", "bpmn:EndEvent", "bpmn:IntermediateCatchEvent", "bpmn:IntermediateThrowEvent",
    "bpmn:BoundaryEvent", "bpmn:UserTask", "bpmn:BusinessRuleTask", "bpmn:ScriptTask", "bpmn:ServiceTask",
    "bpmn:SendTask", "bpmn:ReceiveTask", "bpmn:CallActivity", "bpmn:SubProcess", "bpmn:ExclusiveGateway",
    "bpmn:InclusiveGateway", "bpmn:ParallelGateway", "bpmn:EventBasedGateway", "bpmn:SequenceFlow", "bpmn:Lane",
    "bpmn:Participant",
)
PROPERTIES = (
    KnownProperty(
        "name_en", EVERYTHING, Text("الاسم بالإنكليزية", "Name in English"),
        Text("يظهر لمن يقرأ بالإنكليزية بدل الاسم العربي.", "Readers of English see it instead of the Arabic name."),
    ),
    KnownProperty(
        "stage", ("bpmn:Process",), Text("مرحلة الحالة", "Stage of the case"),
        Text(
            "إحدى المراحل الثماني: reporting أو reception أو assessment أو planning أو intervention أو referral أو "
            "monitoring أو closure. تظهر في صفحة الحالة ما دام الإجراء يعمل.",
            "One of the eight stages: reporting, reception, assessment, planning, intervention, referral, monitoring, "
            "closure. The case page shows it while the process runs.",
        ),
    ),
    KnownProperty(
        "not_done_by", WORK, Text("لا ينجزها من أنجز", "Not done by who did"),
        Text(
            "معرّفات مهام تفصل بينها فواصل: من أنجز إحداها لا ينجز هذه. ومعرّف حدث البدء يعني من أبلغ.",
            "Ids of work items, separated by commas: whoever did one of them does not do this one. The id of the start "
            "event stands for who reported.",
        ),
    ),
    KnownProperty(
        "not_by", WORK, Text("لا ينجزها", "Not done by"),
        Text(
            "تعبير FEEL باسم دخول أو قائمة أسماء: من ذُكر لا ينجز هذه المهمة، مثل =plan.drawn_by.",
            "A FEEL expression with a login or a list of them: whoever is named does not do this work item, such as "
            "=plan.drawn_by.",
        ),
    ),
    KnownProperty(
        "while_closed", RUNNING, Text("تعمل والحالة مغلقة", "Runs while the case is closed"),
        Text(
            "اكتب yes: تبقى الحالة مغلقة ما دام الجاري هذا النشاط وحده؛ وعلى رسالة: تُعرض ولو أُغلقت الحالة.",
            "Write yes: the case stays closed as long as nothing but this activity runs; on a message: it is offered "
            "although the case is closed.",
        ),
    ),
    KnownProperty(
        "about", WORK, Text("بشأن", "About"),
        Text(
            "تعبير FEEL يميز المهمة بين مثيلاتها، مثل =action.act_text.",
            "A FEEL expression that tells this work item from others of its kind, such as =action.act_text.",
        ),
    ),
    KnownProperty(
        "form", ASKING, Text("النموذج الذي تأتي به الرسالة", "Form that brings the message"),
        Text("معرّف النموذج الذي يملؤه من يرسل الرسالة.", "The id of the form that the sender of the message fills."),
    ),
    KnownProperty(
        "offer_to", ASKING, Text("من يرسلها", "Who may send it"),
        Text(
            "أدوار تفصل بينها فواصل، تُعرض عليها في صفحة الحالة.",
            "Roles, separated by commas, to whom the case page offers it.",
        ),
    ),
    KnownProperty(
        "offer_person", ASKING, Text("الشخص الذي يُسأل", "Person who is asked"),
        Text(
            "تعبير FEEL باسم الدخول: لا يجيب غيره، مثل =answer.receiving_manager.",
            "A FEEL expression with a sign-in name: nobody else answers, such as =answer.receiving_manager.",
        ),
    ),
    KnownProperty(
        "offer_unit", ASKING, Text("الوحدة التي تُسأل", "Unit that is asked"),
        Text(
            "تعبير FEEL برمز الوحدة: لا يراها غيرها، مثل =referral.provider.",
            "A FEEL expression with the code of a unit: nobody else sees it, such as =referral.provider.",
        ),
    ),
)
CALLS = (
    CallShape("open_case", Text("فتح حالة", "Open a case"), (), ("person", "report", "urgency", "risk_level", "unit")),
    CallShape(
        "reopen_case", Text("إعادة فتح حالة", "Reopen a case"), (), ("case_number", "report", "urgency", "risk_level")),
    CallShape(
        "hand_over_case", Text("تسليم الحالة", "Hand the case over"), ("released_by", "accepted_by", "taken_by"),
        ("to", "unit", "reason")),
    CallShape("seal_file", Text("تقييد الاطلاع على الملف", "Seal the file"), ("agreed_by",), ()),
    CallShape(
        "note_service_gap", Text("فجوة خدمة إلى الجسم التنسيقي", "Service gap to the coordination body"), (),
        ("service_type", "governorate", "district", "age")),
    CallShape(
        "find_concerned", Text("من تعنيهم الشكوى", "Whom a complaint concerns"), (), ("case_number", "named", "about")),
    CallShape("open_report", Text("فتح بلاغ حماية", "Open a protection report"), (), ("report", "governorate")),
    CallShape("open_inspection", Text("فتح زيارة تفتيش", "Open an inspection"), (), ("provider", "announced")),
    CallShape(
        "note_inspection", Text("نتيجة الزيارة في الدليل", "Result of a visit into the directory"), (),
        ("result", "visited_on", "next_on", "findings")),
    CallShape(
        "stop_provider", Text("إيقاف جهة في الدليل", "Suspend a provider"), ("decided_by", "visited_by"),
        ("provider",)),
    CallShape("publish_message", Text("رسالة إلى حالة", "Message to a case"), ("message",), ("key", "payload")),
    CallShape("mail", Text("بريد", "Mail"), ("destination", "template"), ("fields",)),
    CallShape("webhook", Text("إشعار نظام آخر", "Webhook"), ("destination",), ("fields",)),
)


def messages_in(diagrams: Iterable[bytes]) -> frozenset[str]:
    """The names of all messages that some diagrams speak of."""
    return frozenset(name for diagram in diagrams for name in _messages(diagram))


def _messages(diagram: bytes) -> Iterator[str]:
    try:
        root = parse_xml(diagram)
    except UnsafeXml:
        return
    for element in root.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}message"):
        if element.get("name"):
            yield str(element.get("name"))
