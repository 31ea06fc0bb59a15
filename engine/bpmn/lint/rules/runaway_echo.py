from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.echoes import echoing
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أحداث لا تقطع وما تطلقه يعود فيطلقها فوراً: إشارة يرفعها من يستقبلها، أو تصعيدان يتبادلان.",
        "Events that interrupt nothing and set themselves off again at once: a signal thrown by who hears it, "
        "escalations that call one another.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in echoing(diagram, known)[:1]:
        yield Flaw(
            label(node.element),
            Text(
                f"ما يبدأ بعد «{called(node)}» يطلقه من جديد، ولا أحد بينهما: سيدور بلا توقف.",
                f"What begins at “{called(node)}” sets it off again, with nobody in between: it would run away.",
            ),
            Text(
                "ضع بينهما مهمة لشخص أو مؤقتاً، أو اجعل الحدث قاطعاً، أو ارفع إشارة باسم آخر.",
                "Put a work item or a timer in between, make the event interrupting, or throw another name.",
            ),
        )
