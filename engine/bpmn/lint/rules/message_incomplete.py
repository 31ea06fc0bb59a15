from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import Diagram, extensions, local
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "رسائل بلا اسم، أو بلا المفتاح الذي يقول لأي حالة هي.",
        "Messages without a name, or without the key that says for which case they are.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
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
