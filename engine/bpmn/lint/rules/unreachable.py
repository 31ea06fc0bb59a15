from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.flows import entrances, reach
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

CONNECT = Text(
    "صِله بسهم من العنصر الذي يسبقه أو احذفه.",
    "Connect it with a flow from what comes before it, or remove it.",
)


@rule(
    "error",
    Text(
        "عناصر لا يصل إليها أي مسار.",
        "Elements that no token can reach.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        reached = reach(entrances(scope))
        for node in scope.nodes:
            if node not in reached and node.tag != "boundaryEvent" and scope.begins:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"لا يصل أي مسار إلى «{called(node)}».",
                        f"No path leads to “{called(node)}”.",
                    ),
                    CONNECT,
                )
