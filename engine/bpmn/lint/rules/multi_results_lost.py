from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.multi import multiple
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "مخرجات من داخل تكرار متعدد: كل عنصر معزول، فتضيع.",
        "Multi-instance over mappings that leave the items: an item is a wall, they would be lost.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in multiple(diagram):
        if node.mappings("output") and not node.loop.get("outputCollection"):
            yield Flaw(
                label(node.element),
                Text(
                    f"مخرجات «{called(node)}» لا تغادر التكرار: كل عنصر منه معزول.",
                    f"The outputs of “{called(node)}” do not leave its items: each item is a wall.",
                ),
                Text(
                    "اجمع النتائج بـ outputCollection و outputElement.",
                    "Collect the results with outputCollection and outputElement.",
                ),
            )
