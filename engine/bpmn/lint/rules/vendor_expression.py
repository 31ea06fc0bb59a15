from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, local
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.vendor import executable_part, owner_of
from engine.text import Text


@rule(
    "error",
    Text(
        "تعابير بين ‎${ }‎ أو ‎#{ }‎، وهي لغة المحركات الأقدم.",
        "Expressions between ${ } or #{ }, the language of older engines.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in executable_part(diagram):
        texts = [str(value) for value in element.attrib.values()] + [element.text or ""]
        if local(element) not in {"documentation", "text"} and any("${" in text or "#{" in text for text in texts):
            yield Flaw(
                label(owner_of(element)),
                Text(
                    "تعبير بصيغة ‎${…}‎، وهي لغة لا يقرؤها المحرك.",
                    "An expression in ${…}, a language that the engine does not read.",
                ),
                Text(
                    'اكتبه بلغة FEEL بعد علامة =، مثل ‎=risk.level = "high"‎؛ ويترجم ‎./run convert‎ البسيط منه.',
                    'Write it in FEEL after an = sign, such as =risk.level = "high"; `./run convert` translates many.',
                ),
            )
