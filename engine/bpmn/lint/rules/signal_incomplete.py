from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.outward import events_of, signal_name
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أحداث إشارة لا تسمي إشارة، أو اسمها تعبير.",
        "Signal events that name no signal, or one whose name is an expression.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in events_of(diagram, "signal"):
        name = signal_name(node)
        if not name or name.startswith("="):
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا إشارة لها اسم صريح.", f"“{called(node)}” names no signal outright."),
                Text("اختر إشارة أو أنشئ واحدة باسم.", "Choose a signal, or create one with a name."),
            )
