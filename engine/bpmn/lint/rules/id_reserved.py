from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.text import Text

RESERVED_IDS = frozenset({"Start", "End", "Root"})


@rule(
    "error",
    Text(
        "معرّفات يحتفظ بها المحرك لنفسه.",
        "Element ids that the engine keeps for itself.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if node.id in RESERVED_IDS:
            yield Flaw(
                node.id,
                Text(f"المعرّف «{node.id}» محجوز للمحرك.", f"The id “{node.id}” is kept by the engine."),
                Text(
                    "غيّره، مثلاً إلى case_begins أو case_ends.",
                    "Change it, for instance to case_begins or case_ends.",
                ),
            )
