from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, Scope, properties_of
from engine.bpmn.lint.expressions import Written, written
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.variables import RESULTS
from engine.feel import FeelError, compile
from engine.text import Text

ALWAYS = frozenset({"case", "opened_at", "loopCounter"})
ANSWERED_FROM_OUTSIDE = frozenset({"receiveTask", "serviceTask", "sendTask", "callActivity"})


@rule(
    "warning",
    Text(
        "متغيرات يقرؤها تعبير ولا يكتبها عنصر ولا يسلّمها مستدعٍ ولا تذكرها مدخلات الإجراء (الخاصية inputs).",
        "Variables that are read though no element writes them, no caller hands them over and no input states them.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.processes is None:
        return
    for process in diagram.processes:
        given = _inputs(process, known)
        if given is None:
            continue
        names = ALWAYS | given | _written_in(process)
        inside = {node for scope in process.walk() for node in scope.nodes}
        yield from _flaws(diagram, inside, names)


def _flaws(diagram: Diagram, inside: set[Node], names: frozenset[str]) -> Iterator[Flaw]:
    for found in written(diagram):
        if found.feel is None or found.node not in inside or _reads_an_answer(found):
            continue
        try:
            read = compile(found.feel).names
        except FeelError:
            continue
        for name in sorted(read - names):
            yield Flaw(
                found.element,
                Text(
                    f"التعبير ({found.what}) يقرأ «{name[:60]}»، ولا شيء يكتبه.",
                    f"The expression ({found.what}) reads “{name[:60]}”, which nothing writes.",
                ),
                Text(
                    "صحّح الاسم، أو اذكره في خاصية inputs للإجراء إن كان يأتي من خارجه.",
                    "Correct the name. From outside? State it in the process's property `inputs`.",
                ),
            )


def _reads_an_answer(found: Written) -> bool:
    """Whether the expression maps what came with a message or a call's result: names we cannot know."""
    node = found.node
    outside = node is not None and (node.tag in ANSWERED_FROM_OUTSIDE or node.event == "message")
    return outside and found.what.startswith("output ")


def _inputs(process: Scope, known: Known) -> frozenset[str] | None:
    """What a process may be given when it starts; None if nobody can tell."""
    stated = properties_of(process.element).get("inputs")
    found = {name.strip() for name in (stated or "").split(",") if name.strip()}
    found |= known.inputs.get(process.id, frozenset())
    callers = [node for other in (known.processes or {}).values() for node in _callers(other, process.id)]
    for node in callers:
        if node.said("calledElement", "propagateAllParentVariables") != "false":
            return None
        found |= {target for target, _ in node.mappings("input")}
        found |= {node.loop[key] for key in ("inputElement",) if node.loop.get(key)}
    if not callers and process.id not in known.inputs and stated is None:
        return None
    return frozenset(found)


def _callers(process: Scope, called: str) -> list[Node]:
    return [
        node
        for scope in process.walk()
        for node in scope.nodes
        if node.tag == "callActivity" and node.said("calledElement", "processId") == called
    ]


def _written_in(process: Scope) -> frozenset[str]:
    names: set[str] = set()
    for node in (node for scope in process.walk() for node in scope.nodes):
        names.add(node.id)
        names |= {target for side in ("input", "output") for target, _ in node.mappings(side)}
        names |= {node.loop[key] for key in ("inputElement", "outputCollection") if node.loop.get(key)}
        names |= {name for tag in ("script", "calledDecision") if (name := node.said(tag, "resultVariable"))}
        names |= RESULTS.get(node.said("taskDefinition", "type") or "", frozenset())
    return frozenset(names)
