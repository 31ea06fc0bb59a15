from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram, properties_of
from engine.bpmn.lint.known import Flaw, Known, label, listing
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import work_items
from engine.text import Text


@rule(
    "warning",
    Text(
        "مسارات فيها مهام ولا تسمي دوراً من أدوار الوزارة: لا يُفحص أن المهام لأصحابها.",
        "Lanes around work items that name no role of the ministry: nobody checks whose the work is.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.groups is None:
        return
    work = {node.id for node in work_items(diagram)}
    for process in diagram.processes:
        for lane in process.element.iter(f"{BPMN}lane"):
            group = properties_of(lane).get("group") or (lane.get("id") or "").removeprefix("lane_")
            inside = {(ref.text or "").strip() for ref in lane.findall(f"{BPMN}flowNodeRef")}
            if group not in known.groups and inside & work and lane.find(f"{BPMN}childLaneSet") is None:
                yield Flaw(
                    label(lane),
                    Text(
                        f"المسار «{lane.get('name') or group}» لا يسمي دوراً معروفاً («{group[:60]}»).",
                        f"The lane “{lane.get('name') or group}” names no known role (“{group[:60]}”).",
                    ),
                    Text(
                        f"اكتب الدور في خاصيته group، واحداً من: {listing(known.groups, 40)}",
                        f"State the role as its property `group`, one of: {listing(known.groups, 40)}",
                    ),
                )
