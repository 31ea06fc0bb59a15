from collections.abc import Iterator

from engine.bpmn.lint.calls import nodes_of
from engine.bpmn.lint.diagram import Diagram, Scope, properties_of
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.reads import names_read
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.variables import callers_of, handed_over, names_written
from engine.bpmn.lint.work import listed
from engine.text import Text


@rule(
    "warning",
    Text(
        "استدعاءات لا توافق الإجراء: تسلّم اسماً ليس من مدخلاته، أو ينقصها ما يقرؤه وتسلّمه استدعاءات أخرى.",
        "Calls that do not fit the process: what they hand over is none of its inputs, or what it reads and other "
        "calls hand over is lacking.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in nodes_of(diagram, "callActivity"):
        target = (known.processes or {}).get(node.said("calledElement", "processId") or "")
        if target is None or node.said("calledElement", "propagateAllParentVariables") != "false":
            continue
        given, stated = handed_over(node), properties_of(target.element).get("inputs")
        for name in sorted(given - set(listed(stated)) - names_read(target, known)) if stated is not None else ():
            yield Flaw(
                label(node.element),
                Text(
                    f"يسلّم «{called(node)}» المتغير «{name[:60]}»، وليس من مدخلات {target.id[:60]}.",
                    f"“{called(node)}” hands over “{name[:60]}”, which is no input of {target.id[:60]}.",
                ),
                Text("صحّح الاسم، أو احذفه، أو اذكره في inputs.", "Correct or remove it, or state it in `inputs`."),
            )
        for name in sorted(_expected(target, known) - given) if stated is None else ():
            yield Flaw(
                label(node.element),
                Text(
                    f"لا يسلّم «{called(node)}» المتغير «{name[:60]}» الذي يقرؤه {target.id[:60]}.",
                    f"“{called(node)}” does not hand over “{name[:60]}”, which {target.id[:60]} reads.",
                ),
                Text(
                    "أضف المدخل، أو اذكر المدخلات في inputs إن كان ما يُستغنى عنه.",
                    "Add the input; if it can be done without, state the inputs in `inputs`.",
                ),
            )


def _expected(process: Scope, known: Known) -> frozenset[str]:
    """What a process reads, does not write itself, and gets from some call."""
    given = frozenset[str]().union(*(handed_over(call) for call in callers_of(process.id, known)))
    return (names_read(process, known) & given) - names_written(process)
