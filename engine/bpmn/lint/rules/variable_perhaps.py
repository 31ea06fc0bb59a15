from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.reads import variables_of
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "متغيرات يُحسب بها وقد لا يكون شيء كتبها: في الدورة الأولى من حلقة، أو على فرع دون غيره، أو في فرع متوازٍ.",
        "Variables that are reckoned with though perhaps nothing has written them: the first time round a loop, on one "
        "branch and not the other, or in a parallel branch.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for variables in variables_of(diagram, known):
        for read in variables.reads:
            doubtful = (read.needed & variables.anywhere) - variables.beginning
            doubtful = doubtful and doubtful - variables.own(read)
            for name in sorted((doubtful & variables.before(read)) - variables.surely(read)) if doubtful else ():
                yield Flaw(
                    read.element,
                    Text(
                        f"يحسب التعبير ({read.what}) بالمتغير «{name[:60]}»، وليس مكتوباً على كل طريق إلى هنا: "
                        "فتكون النتيجة فارغة.",
                        f"The expression ({read.what}) reckons with “{name[:60]}”, which not every path to here has "
                        "written: the result would be null.",
                    ),
                    Text(
                        f"اكتبه قبل ذلك على كل طريق، أو قل ما يصح بدونه: if {name[:30]} = null then … else …",
                        f"Write it before on every path, or say what holds without it: if {name[:30]} = null then … "
                        "else …",
                    ),
                )
