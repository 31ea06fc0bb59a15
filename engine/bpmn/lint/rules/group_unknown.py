from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label, listing
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import listed, static_groups
from engine.text import Text


@rule(
    "error",
    Text(
        "مجموعات ليست من أدوار الوزارة، على المهام وعلى ما يُعرض على الناس.",
        "Groups that are no role of the ministry, on work items and on offers.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.groups is None:
        return
    for node in diagram.nodes:
        for group in static_groups(node) + listed(node.properties.get("offer_to")):
            if group not in known.groups and not group.startswith("="):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"المجموعة «{group[:60]}» ليست من الأدوار المعروفة.",
                        f"The group “{group[:60]}” is not a known role.",
                    ),
                    Text(f"اختر من: {listing(known.groups, 40)}", f"Choose among: {listing(known.groups, 40)}"),
                )
