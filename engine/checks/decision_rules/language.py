from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import local
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "تعابير بلغة غير FEEL: لا تُنفَّذ، أو تعني هنا شيئاً آخر.",
        "Expressions in another language than FEEL: they are not run, or mean something else here.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for element in model.root.iter("{*}*"):
        language = str(element.get("expressionLanguage") or "").strip()
        if language and not _is_feel(language):
            yield Flaw(
                place_of(element),
                Text(
                    f"لغة التعبير «{language[:60]}» ({local(element)}) لا تُنفَّذ هنا.",
                    f"Expressions in “{language[:60]}” ({local(element)}) are not run here.",
                ),
                Text(
                    "اكتبه بلغة FEEL واحذف expressionLanguage.", "Write it in FEEL and remove the expressionLanguage."
                ),
            )


def _is_feel(language: str) -> bool:
    """Whether a language is FEEL, by its plain name or by any of its addresses."""
    return language.rstrip("/").lower() == "feel" or "feel" in language.lower().rstrip("/").split("/")[-2:]
