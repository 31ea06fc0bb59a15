from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "حدثا خطأ يلتقطان الشيء نفسه على نشاط واحد: لن يقع إلا أحدهما.",
        "Two error events that catch the same on one activity: only one of them could ever happen.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        codes = [event.definitions[0].get("errorRef") for event in node.boundary if event.event == "error"]
        if len(codes) != len(set(codes)):
            yield Flaw(
                label(node.element),
                Text("حدثا خطأ للرمز نفسه على عنصر واحد.", "Two error events for the same code on one element."),
                Text("أبقِ واحداً منهما.", "Keep one of them."),
            )
