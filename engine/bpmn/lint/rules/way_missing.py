from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.gateways import deciding_gateways, ways_of
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.ways import Path
from engine.feel.render import render
from engine.text import Text


@rule(
    "error",
    Text(
        "بوابات تقرر بلا سهم افتراضي، ويُعرف لما تقرؤه قيمة لا يتحقق معها أي شرط.",
        "Deciding gateways without a default for which a value is known that no condition holds for.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in deciding_gateways(diagram):
        ways = ways_of(node)
        if ways is not None and ways.stuck is not None:
            yield Flaw(
                label(node.element),
                Text(
                    f"لا طريق من «{called(node)}» حين يكون {_shown(ways.stuck)}: تتوقف الحالة هناك.",
                    f"No way leads out of “{called(node)}” when {_shown(ways.stuck)}: the case stands still.",
                ),
                Text(
                    "اجعل أحد الأسهم افتراضياً، والأفضل الطريق الأسلم.",
                    "Make one flow the default, best the safest one.",
                ),
            )


def _shown(values: Mapping[Path, Any]) -> str:
    said = [f"{'.'.join(path)[:60]} = {'null' if value is None else render(value)}" for path, value in values.items()]
    return "، ".join(said[:6])
