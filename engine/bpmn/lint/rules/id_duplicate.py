from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram
from engine.bpmn.lint.ids import LONGEST
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "معرّفات يشترك فيها عنصران من الملف.",
        "Ids that two elements of the file share.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    seen: set[str] = set()
    for element in diagram.root.iter(f"{BPMN}*"):
        own = element.get("id")
        if own and own in seen:
            yield Flaw(
                own,
                Text(f"المعرّف «{own[:LONGEST]}» يحمله عنصران.", f"Two elements have the id “{own[:LONGEST]}”."),
                Text("أعطِ كل عنصر معرّفاً خاصاً به.", "Give each element an id of its own."),
            )
        seen.add(own or "")
