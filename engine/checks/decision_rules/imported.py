from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import children
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "استيراد ملف آخر: كل ملف قرار يُقرأ وحده حين يُنفَّذ، فيكون كل ما يأتي منه فارغاً.",
        "Imports of another file: each decision file is read by itself when it is in force, so all from there is null.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for one in children(model.root, "import"):
        name = str(one.get("name") or one.get("namespace") or "?")[:80]
        yield Flaw(
            place_of(one),
            Text(f"يستورد الملف «{name}»، ولا يُقرأ معه ملف آخر.", f"The file imports “{name}”; no other file is read."),
            Text("انقل ما يُحتاج إليه إلى هذا الملف.", "Move what is needed into this file."),
        )
