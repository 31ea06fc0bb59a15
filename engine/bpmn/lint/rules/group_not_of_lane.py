from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram, properties_of
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import static_groups, work_items
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام رُسمت في مسار دور وأُعطيت لدور آخر.",
        "Work items drawn in the lane of one role and given to another.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    lanes = _lane_groups(diagram, known)
    for node in work_items(diagram):
        group, own = lanes.get(node.id), static_groups(node)
        if group and own and group not in own:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» في مسار «{group}» لكنها لمجموعة «{listing(own)}».",
                    f"“{called(node)}” lies in the lane of “{group}” but belongs to “{listing(own)}”.",
                ),
                Text(
                    "انقلها إلى مسار دورها أو صحّح المجموعة.",
                    "Move it to the lane of its role, or correct the group.",
                ),
            )


def _lane_groups(diagram: Diagram, known: Known) -> dict[str, str]:
    """The role of the lane that each node lies in: the lane's property `group`, or its id."""
    found: dict[str, str] = {}
    for lane in diagram.root.iter(f"{BPMN}lane"):
        group = properties_of(lane).get("group") or (lane.get("id") or "").removeprefix("lane_")
        if known.groups is not None and group in known.groups:
            found.update({(ref.text or "").strip(): group for ref in lane.findall(f"{BPMN}flowNodeRef")})
    return found
