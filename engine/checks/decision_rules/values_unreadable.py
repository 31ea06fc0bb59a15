from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import VALUES, DecisionModel, place_of, why_not
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import text_of
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "قيم مسموحة لا تُقرأ: فلا تُفحص، ويمر كل شيء أو لا يمر شيء.",
        "Allowed values that cannot be read, so that everything passes, or nothing.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for element in model.root.iter(*(f"{{*}}{tag}" for tag in sorted(VALUES))):
        text = text_of(element)
        why = why_not(model, element) if text else Text("")
        if why.en:
            yield Flaw(
                place_of(element),
                Text(f"القيم «{text[:60]}» لا تُقرأ: {why.ar}", f"The values “{text[:60]}” cannot be read: {why.en}"),
                Text('اكتب اختبارات FEEL مثل "a","b" أو [0..10].', 'Write tests of FEEL such as "a","b" or [0..10].'),
            )
