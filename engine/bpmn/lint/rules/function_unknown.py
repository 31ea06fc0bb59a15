from collections.abc import Iterator
from difflib import get_close_matches

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.expressions import written
from engine.bpmn.lint.functions import WITHOUT_ARGUMENTS, called_wrongly, known_functions
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "دوال لا وجود لها في FEEL أو بعدد آخر من القيم: تعطي null، فيُسلك المسار الآخر بلا كلمة.",
        "Functions that FEEL does not have, or with another number of values: they give null, and the other way is "
        "taken without a word.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for found in written(diagram):
        for name, why in called_wrongly(found.feel):
            if why == WITHOUT_ARGUMENTS:
                what = Text(f"({found.what}) لا تأخذ الدالة «{name[:60]}» هذا العدد من القيم.",
                            f"({found.what}) The function “{name[:60]}” does not take these values.")
            else:
                what = Text(f"({found.what}) لا دالة باسم «{name[:60]}».",
                            f"({found.what}) There is no function “{name[:60]}”.")
            near = ", ".join(get_close_matches(name, known_functions(), 3))
            yield Flaw(
                found.element,
                what,
                Text(f"انظر docs/feel.md{f'؛ أقربها: {near}' if near else ''}.",
                     f"See docs/feel.md{f'; the nearest are: {near}' if near else ''}."),
            )
