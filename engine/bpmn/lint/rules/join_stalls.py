from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.tokens import Game, playable
from engine.text import Text


@rule(
    "error",
    Text(
        "بوابات جمع متوازية تنتظر مساراً قد لا يأتي أبداً، كما بعد تفريق حصري.",
        "Parallel joins that wait for a branch that may never come, as after an exclusive split.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in playable(diagram):
        for node in Game(scope).stalled:
            yield Flaw(
                label(node.element),
                Text(
                    f"البوابة المتوازية «{called(node)}» قد تنتظر إلى الأبد مساراً لا يأتي.",
                    f"The parallel join “{called(node)}” may wait for ever for a branch that does not come.",
                ),
                Text(
                    "اجمع المسارات بنوع البوابة التي فرّقتها: حصرية بعد حصرية ومتوازية بعد متوازية.",
                    "Join branches with the kind of gateway that split them: "
                    "exclusive after exclusive, parallel after parallel.",
                ),
            )
