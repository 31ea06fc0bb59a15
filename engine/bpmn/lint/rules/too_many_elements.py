from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.flows import LARGEST_SCOPE
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مستويات فيها من العناصر ما لا يستوعبه المحرك ولا القارئ.",
        "Levels with so many elements that neither the engine nor a reader takes them in.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        if len(scope.nodes) > LARGEST_SCOPE:
            yield Flaw(
                label(scope.element),
                Text(
                    f"في هذا المستوى {len(scope.nodes)} عنصراً، والحد {LARGEST_SCOPE}.",
                    f"This level holds {len(scope.nodes)} elements; the limit is {LARGEST_SCOPE}.",
                ),
                Text("قسّمه إلى إجراءات يستدعي بعضها بعضاً.", "Split it into processes that call one another."),
            )
