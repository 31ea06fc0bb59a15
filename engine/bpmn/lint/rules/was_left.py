from collections.abc import Iterator

from engine.bpmn.lint.diagram import ZEEBE, Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.vendor import executable_part, owner_of
from engine.bpmn.names import WAS
from engine.text import Text


@rule(
    "warning",
    Text(
        "ما كان محرك آخر يقرؤه وحُفظ عند التحويل ولم يُقرَّر فيه بعد.",
        "What another engine read, kept when the file was mended, and nobody decided about yet.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in executable_part(diagram):
        name = str(element.get("name") or "")
        if element.tag == f"{ZEEBE}property" and name.startswith(WAS):
            said = str(element.get("value") or "")[:120]
            yield Flaw(
                label(owner_of(element)),
                Text(
                    f"كان لمحرك آخر: ‎{said}‎. لا شيء هنا يفعل ذلك.",
                    f"Another engine read: {said}. Nothing here does that.",
                ),
                Text(
                    f"قرّر ما يحل محله، ثم احذف الخاصية {name[:40]}.",
                    f"Decide what takes its place, then remove the property {name[:40]}.",
                ),
            )
