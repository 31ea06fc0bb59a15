from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, name_of, place_of
from engine.checks.decision_rule import decision_rule
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "مدخلان أو قراران باسم واحد: لا يُعرف أيهما يُقرأ.",
        "Two inputs or decisions of one name: nobody can tell which one is read.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    seen: set[str] = set()
    for part in model.parts:
        name = name_of(part)
        if name and name in seen:
            yield Flaw(
                place_of(part),
                Text(f"الاسم «{name[:60]}» مستعمل مرتين.", f"The name “{name[:60]}” is used twice."),
                Text("أعطِ كلاً منهما اسماً خاصاً.", "Give each of them a name of its own."),
            )
        seen.add(name)
