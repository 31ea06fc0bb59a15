from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

AFTER_EVENT_GATEWAY = frozenset({"intermediateCatchEvent", "receiveTask"})


@rule(
    "error",
    Text(
        "ما يتبع بوابة الأحداث: حدثان منتظران على الأقل، لا يصل إلى كل منهما غيرها.",
        "What follows an event gateway: at least two events that wait, each reached from it alone.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
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
