from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.reads import all_read
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.variables import written_by_hand
from engine.text import Text

SHORTEST = 6
"""Of shorter names many differ by one letter and are meant so."""


@rule(
    "warning",
    Text(
        "متغيرات تُكتب ولا يقرؤها تعبير، ويُقرأ اسم لا يختلف عنها إلا بحرف.",
        "Variables that are written and no expression reads, while a name is read that differs by one letter.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.processes is None:
        return
    read = all_read(known)
    for node in diagram.nodes:
        for name in sorted(written_by_hand(node) - read):
            meant = _meant(name, read) if len(name) >= SHORTEST else ""
            if meant:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"لا يقرأ شيء المتغير «{name[:60]}»؛ ويُقرأ «{meant[:60]}».",
                        f"Nothing reads “{name[:60]}”; “{meant[:60]}” is read.",
                    ),
                    Text("صحّح الاسم إن كان المقصود.", "Correct the name if that is meant."),
                )


def _meant(name: str, read: frozenset[str]) -> str:
    """The name of `read` that one missing, added, wrong or exchanged letter makes of another, "" if there is none."""
    return next((other for other in sorted(read) if len(other) >= SHORTEST and _one_slip(name, other)), "")


def _one_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one.replace("s", "") == other.replace("s", ""):  # one of many is no slip
        return False
    begin = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[begin:], other[begin:]
    exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or exchanged
