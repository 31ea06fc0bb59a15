from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.reading import carriers, owner_of, unreadable
from engine.text import Text


@rule(
    "error",
    Text(
        "خصائص قيمتها ليست true ولا false حيث لا يصلح غيرهما، وقيم من المعيار لا نشغّلها.",
        "Attributes that must be true or false and are neither, and values of the standard that we do not run.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for process in diagram.processes:
        for element in carriers(process.element):
            for text in unreadable(element):
                yield Flaw(
                    label(owner_of(element)),
                    text,
                    Text(
                        "احذف الخاصية، أو اكتب true أو false؛ وما زاد على ذلك فارسمه ظاهراً.",
                        "Remove it, or write true or false; what is more than that has to be drawn.",
                    ),
                )
