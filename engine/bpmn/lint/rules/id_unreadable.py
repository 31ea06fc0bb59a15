import re
from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, local
from engine.bpmn.lint.ids import FEEL_NAME, LONGEST, SHORT_LATIN, holds_answers
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.text import Text

_ID = re.compile(r"[^\W\d][\w-]*")


@rule(
    "error",
    Text(
        "معرّفات طويلة جداً أو فيها رموز غريبة، أو لا تصلح اسماً في FEEL حيث تُحفظ الإجابات باسمها.",
        "Ids that are too long, hold strange characters or, where answers land under them, are no FEEL names.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for process in diagram.processes:
        for element in process.element.iter(f"{BPMN}*"):
            own = element.get("id") or ""
            if own and local(element) in FLOW_NODES | {"process"} and not (len(own) <= LONGEST and _ID.fullmatch(own)):
                yield _unreadable(own)
    for node in diagram.nodes:
        if holds_answers(node) and _ID.fullmatch(node.id) and not FEEL_NAME.fullmatch(node.id):
            yield _unreadable(node.id)


def _unreadable(own: str) -> Flaw:
    return Flaw(
        own[:LONGEST],
        Text(
            f"المعرّف «{own[:LONGEST]}» فيه رموز غير مقبولة أو هو أطول من {LONGEST} حرف.",
            f"The id “{own[:LONGEST]}” holds characters that are not accepted, or is longer than {LONGEST}.",
        ),
        SHORT_LATIN,
    )
