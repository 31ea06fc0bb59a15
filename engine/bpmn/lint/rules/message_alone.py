from collections.abc import Iterator

from engine.bpmn.lint.calls import jobs_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.messages import all_published, all_waited_for, awaited, published
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "رسائل لا يرسلها إجراء ولا تُعرض على أحد (offer_to)، ورسائل تُرسل ولا ينتظرها شيء.",
        "Messages that no process publishes and that are offered to nobody (offer_to), or that nothing waits for.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.processes is None:
        return
    sent, heard = all_published(diagram, known), all_waited_for(diagram, known)
    for node in diagram.nodes:
        name = awaited(node)
        if name and name not in sent and not node.properties.get("offer_to"):
            yield Flaw(
                label(node.element),
                Text(f"لا شيء يرسل الرسالة «{name[:60]}».", f"Nothing publishes the message “{name[:60]}”."),
                Text(
                    "صحّح الاسم، أو أرسلها من إجراء (publish_message)، أو اعرضها على من يسجلها (offer_to).",
                    "Correct the name, publish it (publish_message), or offer it to whoever records it (offer_to).",
                ),
            )
    for node in jobs_of(diagram):
        name = published(node)
        if name and name not in heard:
            yield Flaw(
                label(node.element),
                Text(f"لا أحد ينتظر الرسالة «{name[:60]}».", f"Nothing waits for the message “{name[:60]}”."),
                Text("صحّح الاسم، أو ارسم الطرف الآخر.", "Correct the name, or draw the other end."),
            )
