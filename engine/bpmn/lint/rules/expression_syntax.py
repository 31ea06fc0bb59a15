from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.expressions import written
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.feel import FeelError, compile
from engine.text import Text


@rule(
    "error",
    Text(
        "تعابير لا تستطيع FEEL قراءتها، مع الموضع الذي توقفت القراءة عنده.",
        "Expressions that FEEL cannot read, with the position where reading stopped.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for found in written(diagram):
        if found.feel is not None:
            try:
                compile(found.feel)
            except FeelError as error:
                yield Flaw(
                    found.element,
                    Text(
                        f"التعبير ({found.what}) «{found.text[:60]}»: {error.text.ar}",
                        f"The expression ({found.what}) “{found.text[:60]}”: {error.text.en}",
                    ),
                    Text("صحّح التعبير في هذا الموضع.", "Correct the expression at that position."),
                )
