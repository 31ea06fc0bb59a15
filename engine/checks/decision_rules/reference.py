from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of, requirements_of
from engine.checks.decision_rule import decision_rule
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "متطلبات تشير إلى ما لا يوجد في الملف: تكون قيمتها فارغة دائماً.",
        "Requirements that refer to nothing in the file: their values would always be null.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for part in model.parts:
        for target in requirements_of(part):
            named = str(target.get("href") or "")
            namespace, _, id = named.rpartition("#")
            if namespace in ("", model.root.get("namespace")) and id not in model.by_id:
                yield Flaw(
                    place_of(target),
                    Text(f"«{named[:80]}» لا يشير إلى شيء في الملف.", f"“{named[:80]}” refers to nothing here."),
                    Text(
                        "صحّح المرجع إلى معرّف مدخل أو قرار في الملف، أو احذفه.",
                        "Correct it to the id of an input or decision of the file, or remove it.",
                    ),
                )
