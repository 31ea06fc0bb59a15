from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import local
from engine.feel.types import simple_type
from engine.text import Text

NAMING = ("typeRef", "outputTypeRef")


@decision_rule(
    "error",
    Text(
        "أنواع لم يعرّفها أحد: لا تُفحص قيمها.",
        "Types that nobody defined: values would pass unchecked.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for element in model.root.iter("{*}*"):
        if local(element) == "typeRef":
            named = [(element.text or "").strip()]
        else:
            named = [str(element.get(name)).strip() for name in NAMING if element.get(name)]
        for name in named:
            short = name.split(":")[-1].removeprefix("feel.")
            known = name in model.types or short in model.types or simple_type(short) is not None
            if name and not known and short.partition(".")[0] not in model.imported:
                yield Flaw(
                    place_of(element),
                    Text(f"النوع «{name[:60]}» غير معرّف.", f"The type “{name[:60]}” is not defined."),
                    Text(
                        "صحّح الاسم، أو عرّفه (itemDefinition)، أو استخدم نوعاً من FEEL مثل number.",
                        "Correct the name, define it (itemDefinition), or use a type of FEEL such as number.",
                    ),
                )
