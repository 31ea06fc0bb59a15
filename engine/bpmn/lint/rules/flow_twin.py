from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Flow, Node
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "سهمان بين العنصرين نفسيهما: الثاني لا يفعل شيئاً أو يفعل أكثر مما ينبغي.",
        "Two flows between the same two elements: the second does nothing or too much.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        seen: set[Node] = set()
        for flow in node.outgoing:
            if flow.target in seen:
                yield _twin(flow)
            elif flow.target is not None:
                seen.add(flow.target)


def _twin(flow: Flow) -> Flaw:
    return Flaw(
        label(flow.element),
        Text("سهمان بين العنصرين نفسيهما.", "Two flows between the same two elements."),
        Text("احذف أحدهما، أو اجمع شرطيهما بـ or.", "Remove one, or join their conditions with “or”."),
    )
