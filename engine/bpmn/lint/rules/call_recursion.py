from collections.abc import Iterator

from engine.bpmn.lint.calls import calls_of
from engine.bpmn.lint.diagram import Diagram, Scope
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "إجراءات تستدعي نفسها مباشرة أو عبر غيرها.",
        "Processes that call themselves, directly or through others.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    scopes = {process.id: process for process in diagram.processes} | dict(known.processes or {})
    for process in diagram.processes:
        for node in (n for scope in process.walk() for n in scope.nodes if n.tag == "callActivity"):
            if process.id in _all_called(node.said("calledElement", "processId") or "", scopes):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"يستدعي الإجراء «{process.id[:60]}» نفسه عبر «{called(node)}».",
                        f"The process “{process.id[:60]}” calls itself through “{called(node)}”.",
                    ),
                    Text("استخدم حلقة داخل الإجراء بدل استدعاء نفسه.", "Use a loop inside the process instead."),
                )


def _all_called(begin: str, scopes: dict[str, Scope]) -> set[str]:
    reached: set[str] = set()
    waiting = [begin]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += calls_of(scopes[name]) if name in scopes else ()
    return reached
