from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.outward import THROWING, all_processes, events_of, signal_name
from engine.bpmn.lint.rule import rule
from engine.powers import PLATFORM_SIGNALS
from engine.text import Text


@rule(
    "warning",
    Text(
        "إشارات لا يرسلها شيء أو لا ينتظرها شيء في أي إجراء.",
        "Signals that nothing throws, or that nothing waits for, in any process.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.processes is None:
        return
    everywhere = [
        node for process in all_processes(diagram, known).values() for scope in process.walk() for node in scope.nodes
    ]
    named = [(node.tag in THROWING, signal_name(node)) for node in everywhere if node.event == "signal"]
    for node in events_of(diagram, "signal"):
        throws, name = node.tag in THROWING, signal_name(node)
        if name and (not throws, name) not in named and (throws or name not in PLATFORM_SIGNALS):
            yield Flaw(
                label(node.element),
                Text(f"لا أحد ينتظر الإشارة «{name[:60]}».", f"Nothing waits for the signal “{name[:60]}”.")
                if throws
                else Text(f"لا شيء يرسل الإشارة «{name[:60]}».", f"Nothing throws the signal “{name[:60]}”."),
                Text("صحّح الاسم، أو ارسم الطرف الآخر.", "Correct the name, or draw the other end."),
            )
