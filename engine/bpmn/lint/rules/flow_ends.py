from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أسهم لا يوجد طرفاها، أو يقعان في مستوى آخر، أو لا يقبلان سهماً.",
        "Flows whose ends do not exist, lie in another scope, or are of a kind that takes no flow.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for flow in diagram.flows:
        if flow.source is None or flow.target is None:
            yield Flaw(
                label(flow.element),
                Text(
                    "سهم لا يصل بين عنصرين في المستوى نفسه.",
                    "A flow that does not join two elements of the same level.",
                ),
                Text(
                    "أعد رسم السهم بين عنصرين داخل الإجراء نفسه.",
                    "Draw it again between two elements of one process.",
                ),
            )
        elif wrong := _wrong_end(flow.source, flow.target):
            yield Flaw(
                label(flow.element),
                wrong,
                Text("احذف السهم أو غيّر طرفه.", "Remove the flow, or move its end."),
            )


def _wrong_end(source: Node, target: Node) -> Text | None:
    if target.tag == "startEvent":
        return Text("سهم يدخل إلى حدث بداية.", "A flow into a start event.")
    if target.catches_link or source.throws_link:
        return Text("سهم على طرف رابط: الرابط نفسه هو السهم.", "A flow at the end of a link: the link is the flow.")
    if target.tag == "boundaryEvent":
        return Text("سهم يدخل إلى حدث على حدّ عنصر.", "A flow into a boundary event.")
    if source.tag == "endEvent":
        return Text("سهم يخرج من حدث نهاية.", "A flow out of an end event.")
    if source.is_event_subprocess or target.is_event_subprocess:
        return Text(
            "سهم متصل بإجراء فرعي حدثي، وهو يبدأ بحدثه فقط.",
            "A flow joined to an event sub-process, which only its own event begins.",
        )
    return None
