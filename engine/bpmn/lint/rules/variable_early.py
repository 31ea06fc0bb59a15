from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.reads import variables_of
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "متغيرات تُقرأ قبل أن يكتبها شيء: ما يكتبها لا يأتي إلا بعد ذلك.",
        "Variables that are read before anything writes them: whatever writes them only comes later.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for variables in variables_of(diagram, known):
        for read in variables.reads:
            late = (read.names & variables.anywhere) - variables.beginning
            late = late and late - variables.own(read)
            for name in sorted(late - variables.before(read)) if late else ():
                yield _flaw(read.element, read.what, name)


def _flaw(element: str, what: str, name: str) -> Flaw:
    return Flaw(
        element,
        Text(
            f"التعبير ({what}) يقرأ «{name[:60]}» قبل أن يكتبه شيء: يكون فارغاً هنا دائماً.",
            f"The expression ({what}) reads “{name[:60]}” before anything writes it: here it is always null.",
        ),
        Text(
            "اقرأه بعد العنصر الذي يكتبه، أو اكتبه قبل هذا الموضع.",
            "Read it behind the element that writes it, or write it before this place.",
        ),
    )
