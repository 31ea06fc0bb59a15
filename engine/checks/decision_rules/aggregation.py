from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.hits import AGGREGATIONS
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "تجميع غير معروف، أو تجميع في جدول لا يجمع.",
        "Aggregations that are not known, or that stand on a table which collects nothing.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for table in model.root.iter("{*}decisionTable"):
        how = table.get("aggregation")
        if how is None or (how in AGGREGATIONS and (table.get("hitPolicy") or "UNIQUE").upper() == "COLLECT"):
            continue
        yield Flaw(
            place_of(table),
            Text(
                f"التجميع «{how[:40]}» لا يُنفَّذ في هذا الجدول.", f"The aggregation “{how[:40]}” is not done here."
            ),
            Text("استخدم SUM أو COUNT أو MIN أو MAX مع COLLECT.", "Use SUM, COUNT, MIN or MAX, with COLLECT."),
        )
