from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.reads import Read, of_all_cases, variables_of
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "نماذج يقرأ شرط أو حساب أو قيمة أولى فيها متغيراً لا يكتبه شيء قبل فتحها.",
        "Forms of which a condition, computed value or prefill reads a variable that nothing writes before they open.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for variables in variables_of(diagram, known):
        for read in variables.of_forms:
            missing = read.names - variables.own(read)
            missing = missing and missing - variables.before(read)
            missing |= read.spared - variables.anywhere - of_all_cases(known)
            strange = read.of_case - of_all_cases(known) if read.of_case else frozenset()
            for name in (*sorted(missing), *(f"case.{name}" for name in sorted(strange))):
                yield _flaw(read, name)


def _flaw(read: Read, name: str) -> Flaw:
    return Flaw(
        read.element,
        Text(
            f"يقرأ النموذج ({read.what}) «{name[:60]}»، ولا شيء يكتبه قبل فتحه هنا.",
            f"The form ({read.what}) reads “{name[:60]}”, which nothing writes before it opens here.",
        ),
        Text(
            "صحّح الاسم، أو اكتبه قبل هذا العنصر، أو سلّمه إليه مدخلاً؛ وما يُستغنى عنه يسأل النموذج عنه: ‎= null‎.",
            "Correct the name, write it before this element or hand it in. Optional? Let the form ask `… = null`.",
        ),
    )
