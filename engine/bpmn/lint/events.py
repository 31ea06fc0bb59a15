"""Events: each in a place where it can happen, with what it waits for fully said."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, extensions, local
from engine.bpmn.lint.elements import UNSUPPORTED
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.text import Text

RUNS = {
    "start": frozenset({""}),
    "event_start": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "boundaryEvent": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"", "message", "signal", "escalation", "link"}),
    "endEvent": frozenset({"", "terminate", "error", "message", "signal", "escalation"}),
}
"""Which kinds of event the engine runs, by place."""

AFTER_EVENT_GATEWAY = frozenset({"intermediateCatchEvent", "receiveTask"})

_DURATION = re.compile(
    r"P(?=.)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?"
    r"(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}(?:\.\d{1,6})?S)?)?"
)
_CYCLE = re.compile(r"R\d{0,6}/(?P<rest>.+)")


def misplaced(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Kinds of event that the engine does not run in that place."""
    del known
    for node in diagram.nodes:
        allowed = RUNS.get(_place(node))
        if allowed is None:
            continue
        if len(node.definitions) > 1:
            yield Flaw(
                label(node.element),
                Text("حدث واحد ينتظر أكثر من شيء.", "One event with several triggers."),
                Text("ارسم حدثاً لكل منها.", "Draw one event for each."),
            )
        elif node.event not in allowed and f"{node.event}EventDefinition" not in UNSUPPORTED:
            yield _misplaced(node, allowed)


def _place(node: Node) -> str:
    if node.tag == "startEvent":
        return "event_start" if node.scope.is_event_subprocess else "start"
    return node.tag


def _misplaced(node: Node, allowed: frozenset[str]) -> Flaw:
    kinds = ", ".join(kind or "none" for kind in sorted(allowed))
    return Flaw(
        label(node.element),
        Text(
            f"الحدث «{called(node)}» من نوع ({node.event or 'none'}) لا يعمل في هذا الموضع.",
            f"The event “{called(node)}” of kind ({node.event or 'none'}) does not run in this place.",
        ),
        Text(f"الأنواع الممكنة هنا: {kinds}.", f"Kinds that run here: {kinds}."),
    )


def adrift(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Boundary events attached to nothing, or to something that no event can interrupt."""
    del known
    hosted = {event for node in diagram.nodes for event in node.boundary}
    for node in diagram.nodes:
        if node.tag == "boundaryEvent" and node not in hosted:
            yield Flaw(
                label(node.element),
                Text("حدث غير ملتصق بأي عنصر.", "A boundary event attached to nothing."),
                Text("ضعه على حدّ مهمة أو إجراء فرعي.", "Put it on the border of a task or a sub-process."),
            )
        if node.boundary and (node.tag.endswith("Event") or node.tag.endswith("Gateway")):
            yield Flaw(
                label(node.element),
                Text("حدث ملتصق بحدث أو ببوابة.", "An event attached to an event or gateway."),
                Text("ضعه على حدّ مهمة أو إجراء فرعي.", "Put it on the border of a task or a sub-process."),
            )


def gateway_successors(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """What follows an event gateway: at least two events that wait, each reached from it alone."""
    del known
    for node in (node for node in diagram.nodes if node.tag == "eventBasedGateway"):
        for target in [flow.target for flow in node.outgoing if flow.target is not None]:
            waits = target.tag in AFTER_EVENT_GATEWAY and not target.catches_link
            if not waits or len(target.incoming) > 1 or target.boundary:
                yield Flaw(
                    label(target.element),
                    Text(
                        f"«{called(target)}» لا يصلح بعد بوابة الأحداث.",
                        f"“{called(target)}” cannot follow an event gateway.",
                    ),
                    Text(
                        "ضع بعدها مؤقتاً أو رسالة أو إشارة أو شرطاً لا يدخل إليه سهم آخر.",
                        "Put a timer, message, signal or condition after it that no other flow enters.",
                    ),
                )
        if len(node.outgoing) < 2:
            yield Flaw(
                label(node.element),
                Text("بوابة أحداث بأقل من طريقين.", "An event gateway with fewer than two ways."),
                Text("أضف حدثاً ثانياً، أو استخدم الحدث وحده.", "Add a second event, or use the event alone."),
            )


def messages(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Messages without a name, or without the key that says for which case they are."""
    del known
    for node in diagram.nodes:
        holder = (
            node.element
            if node.tag == "receiveTask"
            else next((d for d in node.definitions if node.event == "message"), None)
        )
        if holder is None or node.tag in {"intermediateThrowEvent", "endEvent"}:
            continue
        message = diagram.referred(holder, "messageRef", "message")
        if message is None or not (message.get("name") or "").strip():
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» ينتظر رسالة بلا اسم.",
                    f"“{called(node)}” waits for a message without a name.",
                ),
                Text("اختر رسالة أو أنشئ واحدة باسم.", "Choose a message, or create one with a name."),
            )
        elif not _correlation_key(message):
            yield Flaw(
                label(node.element),
                Text(
                    f"الرسالة «{(message.get('name') or '')[:80]}» بلا مفتاح ربط.",
                    f"The message “{(message.get('name') or '')[:80]}” has no correlation key.",
                ),
                Text("اكتب المفتاح، مثل ‎=case_number‎", "State the key, such as =case_number"),
            )


def _correlation_key(message: etree._Element) -> str:
    found = [e for e in extensions(message) if local(e) == "subscription"]
    return (found[0].get("correlationKey") or "").strip() if found else ""


def errors(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Error events that end with no code, and error boundaries that claim not to interrupt."""
    del known
    for node in (node for node in diagram.nodes if node.event == "error"):
        found = diagram.referred(node.definitions[0], "errorRef", "error")
        if node.tag == "endEvent" and (found is None or not found.get("errorCode")):
            yield Flaw(
                label(node.element),
                Text("حدث خطأ بلا رمز.", "An error event without a code."),
                Text("اختر خطأ له رمز (errorCode).", "Choose an error that has a code (errorCode)."),
            )
        if node.definitions[0].get("errorRef") and found is None:
            yield Flaw(
                label(node.element),
                Text("حدث يشير إلى خطأ غير معرّف.", "An event that names an undefined error."),
                Text("اختر خطأ معرّفاً أو أنشئه.", "Choose a defined error, or create it."),
            )
        if node.tag in {"boundaryEvent", "startEvent"} and not node.interrupting:
            yield Flaw(
                label(node.element),
                Text(
                    "حدث خطأ لا يقطع، والخطأ يقطع دائماً.",
                    "An error event that does not interrupt; errors always do.",
                ),
                Text("اجعله قاطعاً.", "Make it interrupting."),
            )


def timers(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Timers that say no time, or one that is neither ISO 8601 nor FEEL."""
    del known
    for node in (node for node in diagram.nodes if node.event == "timer"):
        kinds = [child for child in node.definitions[0] if str(child.tag).startswith(f"{BPMN}time")]
        text = (kinds[0].text or "").strip() if kinds else ""
        kind = local(kinds[0]) if kinds else ""
        if len(kinds) != 1 or not text:
            yield _timer(node, Text("مؤقت بلا وقت.", "A timer without a time."))
        elif not text.startswith("=") and not static_time(kind, text):
            yield _timer(
                node, Text(f"الوقت «{text[:60]}» لا يُقرأ.", f"The time “{text[:60]}” cannot be read.")
            )
        elif (
            kind == "timeCycle"
            and node.interrupting
            and node.tag != "intermediateCatchEvent"
            and not _once(text)
        ):
            yield _timer(
                node,
                Text("مؤقت متكرر على حدث قاطع: لن يتكرر.", "A repeating timer on an interrupting event."),
            )


def _once(text: str) -> bool:
    return text.startswith(("=", "R1/"))


def static_time(kind: str, text: str) -> bool:
    """Whether a static text is a date and time, a duration or a cycle in ISO 8601, as its kind demands."""
    if kind == "timeDate":
        try:
            return datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            return False
    if kind == "timeCycle":
        found = _CYCLE.fullmatch(text)
        return found is not None and is_duration(found["rest"].rpartition("/")[2])
    return is_duration(text)


def is_duration(text: str) -> bool:
    """Whether a text is a positive ISO 8601 duration."""
    return _DURATION.fullmatch(text) is not None


def _timer(node: Node, what: Text) -> Flaw:
    return Flaw(
        label(node.element),
        what,
        Text(
            "اكتب مدة مثل PT48H، أو تكراراً مثل R3/P1D، أو تعبير FEEL مثل ‎=case.limits.plan‎",
            "Write a duration such as PT48H, a cycle such as R3/P1D, or FEEL such as =case.limits.plan",
        ),
    )


def several_per_host(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Two error events that catch the same on one activity: only one of them could ever happen."""
    del known
    for node in diagram.nodes:
        codes = [event.definitions[0].get("errorRef") for event in node.boundary if event.event == "error"]
        if len(codes) != len(set(codes)):
            yield Flaw(
                label(node.element),
                Text(
                    "حدثا خطأ للرمز نفسه على عنصر واحد.", "Two error events for the same code on one element."
                ),
                Text("أبقِ واحداً منهما.", "Keep one of them."),
            )
