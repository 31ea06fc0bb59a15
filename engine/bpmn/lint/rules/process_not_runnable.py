from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "في الملف إجراء واحد قابل للتشغيل، لا أقل ولا أكثر.",
        "A file holds exactly one process that can run.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    runnable = [p for p in diagram.processes if p.element.get("isExecutable") == "true"]
    if not runnable:
        element = diagram.processes[0].element if diagram.processes else diagram.root
        yield Flaw(
            label(element),
            Text("لا يوجد في الملف إجراء قابل للتشغيل.", "The file holds no process that can run."),
            Text(
                "فعّل خيار «قابل للتشغيل» في خصائص الإجراء.",
                "Tick “Executable” in the properties of the process.",
            ),
        )
    for extra in (process for process in (runnable or diagram.processes)[1:] if process.nodes):
        yield Flaw(
            label(extra.element),
            Text(
                f"في الملف أكثر من إجراء قابل للتشغيل: «{label(extra.element)}».",
                f"The file holds more than one process that can run: “{label(extra.element)}”.",
            ),
            Text(
                "ضع كل إجراء في ملف خاص به واستدعِه؛ ومجمّع الطرف الآخر لا يوسم قابلاً للتشغيل.",
                "Put each process in a file of its own and call it; leave the other side's pool unmarked.",
            ),
        )
