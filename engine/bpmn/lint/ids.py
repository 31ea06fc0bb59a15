"""Ids: every element has one, of its own, that FEEL can read and nothing else claims."""

import re
from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, Node, local
from engine.bpmn.lint.known import Flaw, Known, label
from engine.text import Text

LONGEST = 100
RESERVED_IDS = frozenset({"Start", "End", "Root"})
RESERVED_VARIABLES = frozenset(
    {
        "case",
        "opened_at",
        "loopcounter",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "instance",
        "of",
        "function",
        "external",
        "item",
    }
)
ANSWERED = frozenset({"userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent"})

_ID = re.compile(r"[^\W\d][\w-]*")
_NAME = re.compile(r"[^\W\d]\w*")
_SHORT_LATIN = Text(
    "استخدم حروفاً وأرقاماً وشرطة سفلية، مثل review_plan.",
    "Use letters, digits and underscores, such as review_plan.",
)


def missing(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Flow nodes and processes without an id."""
    del known
    for element in diagram.root.iter(f"{BPMN}*"):
        if (local(element) in FLOW_NODES or local(element) == "process") and not element.get("id"):
            yield Flaw(
                label(element),
                Text("عنصر بلا معرّف.", "An element without an id."),
                Text("أعطه معرّفاً في لوحة الخصائص.", "Give it an id in the properties panel."),
            )


def duplicate(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Ids that two elements of the file share."""
    del known
    seen: set[str] = set()
    for element in diagram.root.iter(f"{BPMN}*"):
        own = element.get("id")
        if own and own in seen:
            yield Flaw(
                own,
                Text(
                    f"المعرّف «{own[:LONGEST]}» يحمله عنصران.", f"Two elements have the id “{own[:LONGEST]}”."
                ),
                Text("أعطِ كل عنصر معرّفاً خاصاً به.", "Give each element an id of its own."),
            )
        seen.add(own or "")


def unreadable(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Ids that are too long, hold strange characters or, where answers land under them, are no FEEL names."""
    del known
    for process in diagram.processes:
        for element in process.element.iter(f"{BPMN}*"):
            own = element.get("id") or ""
            if (
                own
                and local(element) in FLOW_NODES | {"process"}
                and not (len(own) <= LONGEST and _ID.fullmatch(own))
            ):
                yield _unreadable(own)
    for node in diagram.nodes:
        if holds_answers(node) and _ID.fullmatch(node.id) and not _NAME.fullmatch(node.id):
            yield _unreadable(node.id)


def reserved(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Element ids that the engine keeps for itself."""
    del known
    for node in diagram.nodes:
        if node.id in RESERVED_IDS:
            yield Flaw(
                node.id,
                Text(f"المعرّف «{node.id}» محجوز للمحرك.", f"The id “{node.id}” is kept by the engine."),
                Text(
                    "غيّره، مثلاً إلى case_begins أو case_ends.",
                    "Change it, for instance to case_begins or case_ends.",
                ),
            )


def shadowing(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Variables that would hide a name of the platform, or that no expression could read."""
    del known
    for node in diagram.nodes:
        for name in _written_names(node):
            if name.lower() in RESERVED_VARIABLES:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"المتغير «{name}» يحجب اسماً من أسماء المنصة أو لغة FEEL.",
                        f"The variable “{name}” hides a name of the platform or of FEEL.",
                    ),
                    Text("سمِّه باسم آخر.", "Give it another name."),
                )
            elif not _NAME.fullmatch(name):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"اسم المتغير «{name[:60]}» لا تقرؤه تعابير FEEL.",
                        f"FEEL cannot read the variable name “{name[:60]}”.",
                    ),
                    _SHORT_LATIN,
                )


def holds_answers(node: Node) -> bool:
    """Whether people's answers land in a variable named after this element."""
    if node.tag in {"userTask", "manualTask"}:
        return True
    return node.tag in ANSWERED and "form" in node.properties


def _written_names(node: Node) -> Iterator[str]:
    if holds_answers(node) and _NAME.fullmatch(node.id):
        yield node.id
    for side in ("input", "output"):
        yield from (target for target, _ in node.mappings(side))
    yield from (
        holder.get("resultVariable", "") for holder in node.extensions if holder.get("resultVariable")
    )
    yield from (node.loop[a] for a in ("outputCollection", "inputElement") if node.loop.get(a))


def _unreadable(own: str) -> Flaw:
    return Flaw(
        own[:LONGEST],
        Text(
            f"المعرّف «{own[:LONGEST]}» فيه رموز غير مقبولة أو هو أطول من {LONGEST} حرف.",
            f"The id “{own[:LONGEST]}” holds characters that are not accepted, or is longer than {LONGEST}.",
        ),
        _SHORT_LATIN,
    )
