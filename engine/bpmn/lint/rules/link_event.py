from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أحداث ربط بلا اسم، أو بلا طرفها الآخر على المستوى نفسه، أو اثنان يستقبلان الاسم نفسه.",
        "Link events without a name, without their other end on the same level, or two that catch the same name.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        ends = [node for node in scope.nodes if node.event == "link"]
        caught = [node.link for node in ends if node.catches_link]
        thrown = [node.link for node in ends if node.throws_link]
        for node in ends:
            alone = node.link not in (thrown if node.catches_link else caught)
            if not node.link or alone or (node.catches_link and caught.count(node.link) > 1):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"حدث الربط «{called(node)}» بلا طرف آخر واحد على مستواه.",
                        f"The link event “{called(node)}” has not exactly one other end on its level.",
                    ),
                    Text(
                        "سمِّ الطرفين باسم واحد: مرسِل أو أكثر ومستقبِل واحد، أو صِل بينهما بسهم.",
                        "Give both ends one name: one or more that throw, one that catches; or draw a flow.",
                    ),
                )
