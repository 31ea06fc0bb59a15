from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.reads import Read, of_all_cases, variables_of
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "متغيرات يقرؤها تعبير ولا يكتبها عنصر ولا يسلّمها مستدعٍ ولا تذكرها مدخلات الإجراء (الخاصية inputs).",
        "Variables that are read though no element writes them, no caller hands them over and no input states them.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for variables in variables_of(diagram, known):
        for read in variables.reads:
            strange = read.names - variables.anywhere
            for name in sorted(strange - variables.own(read)) if strange else ():
                yield _flaw(read, name)
            for name in sorted(read.of_case - of_all_cases(known)) if read.of_case else ():
                yield _flaw(read, f"case.{name}")


def _flaw(read: Read, name: str) -> Flaw:
    return Flaw(
        read.element,
        Text(
            f"التعبير ({read.what}) يقرأ «{name[:60]}»، ولا شيء يكتبه.",
            f"The expression ({read.what}) reads “{name[:60]}”, which nothing writes.",
        ),
        Text(
            "صحّح الاسم، أو اذكره في خاصية inputs للإجراء إن كان يأتي من خارجه.",
            "Correct the name. From outside? State it in the process's property `inputs`.",
        ),
    )
