from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "سهم افتراضي لا يخرج من عنصره، أو عليه شرط سيُتجاهل.",
        "Defaults that are no flow of their element, or that have a condition, which would be ignored.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if node.default is None:
            continue
        flow = next((f for f in node.outgoing if f.id == node.default), None)
        if flow is None:
            yield Flaw(
                label(node.element),
                Text(
                    f"السهم الافتراضي «{node.default[:80]}» لا يخرج من «{called(node)}».",
                    f"The default flow “{node.default[:80]}” does not leave “{called(node)}”.",
                ),
                Text(
                    "اختر السهم الافتراضي من أسهم العنصر نفسه.",
                    "Choose the default among the element's own flows.",
                ),
            )
        elif flow.condition:
            yield Flaw(
                label(flow.element),
                Text(
                    "سهم افتراضي عليه شرط، والشرط سيُتجاهل.",
                    "A default flow with a condition, which would be ignored.",
                ),
                Text(
                    "احذف الشرط أو اجعل سهماً آخر افتراضياً.",
                    "Remove the condition, or make another flow the default.",
                ),
            )
