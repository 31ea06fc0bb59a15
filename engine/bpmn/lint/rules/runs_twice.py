from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.tokens import Game, playable
from engine.text import Text


@rule(
    "warning",
    Text(
        "مسارات قد تُنفَّذ مرتين، لأن فروعاً متوازية تلتقي بلا بوابة جمع متوازية.",
        "Paths that may run twice, since parallel branches meet without a parallel join.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in playable(diagram):
        for node in Game(scope, one_way=True).doubled:
            yield Flaw(
                label(node.element),
                Text(
                    f"قد يُنفَّذ «{called(node)}» وما بعده مرتين: تلتقي قبله مسارات متوازية بلا بوابة جمع.",
                    f"“{called(node)}” may run twice: parallel paths meet before it without a join.",
                ),
                Text(
                    "اجمعها قبله ببوابة متوازية، أو أنهِ المسار الجانبي بحدث نهاية خاص به.",
                    "Join them with a parallel gateway before it, or give the side path its own end event.",
                ),
            )
