from collections.abc import Iterator

from engine.bpmn.lint.diagram import ZEEBE, Diagram, local
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.vendor import not_read
from engine.text import Text


@rule(
    "error",
    Text(
        "ربط بنسخة معينة: الحالة مربوطة بكل التعريفات التي بدأت بها، فيُتجاهل الربط.",
        "Bindings to a version: a case is bound to the whole bundle it began with, which would be ignored.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in diagram.root.iter(f"{ZEEBE}*"):
        if (element.get("bindingType") or "latest") != "latest":
            yield not_read(element, f"{local(element)} bindingType={element.get('bindingType')}")
