from collections.abc import Iterator

from engine.bpmn.lint.calls import nodes_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "استدعاء لا يسمي إجراءً، أو يسمي إجراءً غير موجود.",
        "Call activities that call nothing, or a process that does not exist.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    own = {process.id for process in diagram.processes}
    for node in nodes_of(diagram, "callActivity"):
        process = node.said("calledElement", "processId")
        if process is None or process.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» لا يسمي إجراءً بعينه.",
                    f"“{called(node)}” does not name one process.",
                ),
                Text(
                    "اكتب معرّف الإجراء المستدعى (processId).",
                    "Write the id of the called process (processId).",
                ),
            )
        elif known.processes is not None and process not in known.processes and process not in own:
            yield Flaw(
                label(node.element),
                Text(
                    f"الإجراء «{process[:60]}» غير موجود.",
                    f"The process “{process[:60]}” does not exist.",
                ),
                Text(
                    f"الموجود: {listing(list(known.processes), 20)}",
                    f"There are: {listing(list(known.processes), 20)}",
                ),
            )
