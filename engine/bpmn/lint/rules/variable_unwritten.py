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
                yield _flaw(read, name) if variables.stated else _from_outside(read, name)
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


def _from_outside(read: Read, name: str) -> Flaw:
    """Of a process that does not say what it is given."""
    return Flaw(
        read.element,
        Text(
            f"يقرأ التعبير ({read.what}) «{name[:60]}»، ولا شيء في هذا المخطط يكتبه.",
            f"The expression ({read.what}) reads “{name[:60]}”, which nothing in this diagram writes.",
        ),
        Text(
            "إن كان يأتي من خارجه فاذكره في خاصية inputs للإجراء؛ وإجابات نموذج تُقرأ باسم مهمتها: visit.field",
            "If it comes from outside, state it as an input (property `inputs` of the process); what a form asks is "
            "read by the id of its task: visit.field",
        ),
    )
