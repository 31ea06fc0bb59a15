from collections.abc import Iterator

from engine.bpmn.lint.calls import jobs_of
from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.rule import rule
from engine.text import Text

SENDING = frozenset({"mail", "webhook"})
OF_MESSAGES = frozenset({"key", "payload"})
"""What a message that is published reads of its inputs."""


@rule(
    "error",
    Text(
        "اتصالات تنقصها وجهة أو قالب أو رسالة أو محاولات، أو ليست في قائمة المهندسين.",
        "Jobs whose destination, template, message or retries are missing or not on the engineers' list.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in jobs_of(diagram):
        kind = node.said("taskDefinition", "type")
        if kind in SENDING:
            yield from _destination(node, known)
            if kind == "mail" and not node.headers.get("template"):
                yield _header(node, "template")
        elif kind == "publish_message":
            if not node.headers.get("message"):
                yield _header(node, "message")
            if "key" not in {target for target, _ in node.mappings("input")}:
                yield Flaw(
                    label(node.element),
                    Text(
                        "رسالة بلا مفتاح: لا يُعرف لأي حالة هي.",
                        "A message without a key: for which case is it?",
                    ),
                    Text("أضف مدخلاً باسم key.", "Add an input named key."),
                )
            yield from (_not_read(node, target) for target, _ in node.mappings("input") if target not in OF_MESSAGES)
        retries = node.said("taskDefinition", "retries") or "3"
        if not retries.startswith("=") and not (retries.isascii() and retries.isdigit() and int(retries[:9]) <= 100):
            yield Flaw(
                label(node.element),
                Text("عدد المحاولات ليس عدداً بين 0 و100.", "The retries are no number up to 100."),
                Text("اكتب عدداً، مثل 3.", "Write a number, such as 3."),
            )


def _not_read(node: Node, target: str) -> Flaw:
    return Flaw(
        label(node.element),
        Text(
            f"لا تقرأ الرسالة المدخل «{target[:60]}»: لا يصل ما فيه.",
            f"The message does not read the input “{target[:60]}”: what is in it never arrives.",
        ),
        Text("مدخلات الرسالة هي key وpayload.", "The inputs of a message are key and payload."),
    )


def _destination(node: Node, known: Known) -> Iterator[Flaw]:
    destination = node.headers.get("destination") or ""
    if not destination:
        yield _header(node, "destination")
    elif (known.destinations is not None and destination not in known.destinations) or not destination.isidentifier():
        yield Flaw(
            label(node.element),
            Text(
                f"الوجهة «{destination[:60]}» ليست من قائمة الوجهات المسموحة.",
                f"The destination “{destination[:60]}” is not on the list of allowed destinations.",
            ),
            Text(
                f"اختر من: {listing(known.destinations or frozenset())}، أو اطلب إضافتها من مسؤول الأمن.",
                f"Choose among: {listing(known.destinations or frozenset())}; or ask the security officer.",
            ),
        )


def _header(node: Node, name: str) -> Flaw:
    return Flaw(
        label(node.element),
        Text(f"ينقص «{called(node)}» الترويسة {name}.", f"“{called(node)}” lacks the header {name}."),
        Text(f"أضف {name} في zeebe:taskHeaders.", f"Add {name} to its zeebe:taskHeaders."),
    )
