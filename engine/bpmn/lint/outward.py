"""What is said outwards: signals, escalations and errors, and whether anybody listens; conditions and links."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, Scope, local
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.feel import FeelError, compile
from engine.text import Text

THROWING = frozenset({"intermediateThrowEvent", "endEvent"})
CLOCK = frozenset({"opened_at"})


def _events(diagram: Diagram, kind: str) -> list[Node]:
    return [node for node in diagram.nodes if node.event == kind]


def signals(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Signal events that name no signal, or one whose name is an expression."""
    del known
    for node in _events(diagram, "signal"):
        name = signal_name(node)
        if not name or name.startswith("="):
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا إشارة لها اسم صريح.", f"“{called(node)}” names no signal outright."),
                Text("اختر إشارة أو أنشئ واحدة باسم.", "Choose a signal, or create one with a name."),
            )


def signal_name(node: Node) -> str:
    """The name of the signal that an event throws or waits for, "" if it has none."""
    reference = (node.definitions[0].get("signalRef") or "").rpartition(":")[2]
    for found in _root(node.element).iterchildren(f"{BPMN}signal"):
        if reference and found.get("id") == reference:
            return (found.get("name") or "").strip()
    return ""


def _root(element: etree._Element) -> etree._Element:
    return element.getroottree().getroot()


def lonely_signals(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Signals that nothing throws, or that nothing waits for, in any process (warning)."""
    if known.processes is None:
        return
    everywhere = [node for process in _all(diagram, known).values() for scope in process.walk() for node in scope.nodes]
    named = [(node.tag in THROWING, signal_name(node)) for node in everywhere if node.event == "signal"]
    for node in _events(diagram, "signal"):
        throws, name = node.tag in THROWING, signal_name(node)
        if name and (not throws, name) not in named:
            yield Flaw(
                label(node.element),
                Text(f"لا أحد ينتظر الإشارة «{name[:60]}».", f"Nothing waits for the signal “{name[:60]}”.") if throws
                else Text(f"لا شيء يرسل الإشارة «{name[:60]}».", f"Nothing throws the signal “{name[:60]}”."),
                Text("صحّح الاسم، أو ارسم الطرف الآخر.", "Correct the name, or draw the other end."),
            )


def _all(diagram: Diagram, known: Known) -> Mapping[str, Scope]:
    return {**(known.processes or {}), **{process.id: process for process in diagram.processes}}


def escalations(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Escalations thrown without a code, or that name an escalation which is not defined; two that catch the same."""
    del known
    for node in _events(diagram, "escalation"):
        found = diagram.referred(node.definitions[0], "escalationRef", "escalation")
        referred = bool(node.definitions[0].get("escalationRef"))
        coded = found is not None and bool(found.get("escalationCode"))
        if (node.tag in THROWING and not coded) or (referred and found is None):
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا رمز تصعيد معرّف.", f"“{called(node)}” has no escalation with a code."),
                Text("اختر تصعيداً له رمز (escalationCode).", "Choose an escalation that has a code (escalationCode)."),
            )
    for node in diagram.nodes:
        codes = [e.definitions[0].get("escalationRef") for e in node.boundary if e.event == "escalation"]
        if len(codes) != len(set(codes)):
            yield Flaw(
                label(node.element),
                Text("حدثا تصعيد للرمز نفسه على عنصر واحد.", "Two escalation events for the same code on one element."),
                Text("أبقِ واحداً منهما.", "Keep one of them."),
            )


def uncaught(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Errors that nothing around them catches, which would stop the case (warning)."""
    yield from _unheard(
        diagram, known, "error",
        lambda node: Text(
            f"لا أحد يعالج الخطأ الذي يرميه «{called(node)}»: تتوقف الحالة عنده.",
            f"Nothing catches the error that “{called(node)}” throws: the case stops there."))


def unheard(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Escalations that nothing around them catches, which would do nothing (warning)."""
    yield from _unheard(
        diagram, known, "escalation",
        lambda node: Text(
            f"لا أحد يلتقط التصعيد الذي يرفعه «{called(node)}»: لا أثر له.",
            f"Nothing catches the escalation that “{called(node)}” throws: it does nothing."))


def _unheard(diagram: Diagram, known: Known, kind: str, words: Callable[[Node], Text]) -> Iterator[Flaw]:
    processes = _all(diagram, known)
    for node in _events(diagram, kind):
        if node.tag in THROWING and not _caught(node.scope, kind, _code(node, kind), processes, frozenset()):
            yield Flaw(
                label(node.element), words(node),
                Text(
                    "ضع حدثاً يلتقطه على حدّ ما حوله، أو في إجراء فرعي حدثي.",
                    "Put an event that catches it on the border of what is around it, or in an event sub-process.",
                ),
            )


def _code(node: Node, kind: str) -> str | None:
    reference = (node.definitions[0].get(f"{kind}Ref") or "").rpartition(":")[2]
    found = [e for e in _root(node.element).iterchildren(f"{BPMN}{kind}") if reference and e.get("id") == reference]
    return (found[0].get(f"{kind}Code") or None) if found else None


def _caught(scope: Scope, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]) -> bool:
    """Whether something around a scope catches what is thrown in it, here or in a process that calls it."""
    inside = [start for sub in scope.event_subprocesses() if sub.inner for start in sub.inner.starts]
    if any(_catches(event, kind, code) for event in inside):
        return True
    if scope.parent is not None:
        return _caught_at(scope.parent, kind, code, processes, seen)
    if scope.id in seen:
        return False
    callers = [
        node for process in processes.values() for level in process.walk() for node in level.nodes
        if node.tag == "callActivity" and node.said("calledElement", "processId") == scope.id
    ]
    return any(_caught_at(node, kind, code, processes, seen | {scope.id}) for node in callers)


def _caught_at(node: Node, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]) -> bool:
    return any(_catches(event, kind, code) for event in node.boundary) or _caught(
        node.scope, kind, code, processes, seen)


def _catches(event: Node, kind: str, code: str | None) -> bool:
    return event.event == kind and _code(event, kind) in (None, code)


def conditions(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Conditional events without a condition, or with one that no move can change: it reads no variable."""
    del known
    for node in _events(diagram, "conditional"):
        text = "".join(
            (child.text or "").strip() for child in node.definitions[0] if local(child) == "condition")
        if not text:
            yield _condition(node, Text(f"«{called(node)}» بلا شرط.", f"“{called(node)}” has no condition."))
            continue
        try:
            read = compile(text.removeprefix("=")).names
        except FeelError:
            continue
        if not read - CLOCK:
            yield _condition(node, Text(
                f"شرط «{called(node)}» لا يقرأ متغيراً، وهو يُسأل بعد كل خطوة لا بمرور الوقت.",
                f"“{called(node)}” reads no variable; a condition is asked after each move, not as time passes."))


def _condition(node: Node, what: Text) -> Flaw:
    return Flaw(label(node.element), what, Text(
        'اكتب شرطاً مثل ‎=risk_level = "high"‎؛ وللوقت استخدم مؤقتاً.',
        'Write a condition such as =risk_level = "high"; for time use a timer.'))


def links(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Link events without a name, without their other end on the same level, or two that catch the same name."""
    del known
    for scope in diagram.scopes:
        ends = [node for node in scope.nodes if node.event == "link"]
        caught = [node.link for node in ends if node.catches_link]
        thrown = [node.link for node in ends if node.throws_link]
        for node in ends:
            alone = node.link not in (thrown if node.catches_link else caught)
            if not node.link or alone or (node.catches_link and caught.count(node.link) > 1):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"حدث الربط «{called(node)}» بلا طرف آخر واحد على مستواه.",
                        f"The link event “{called(node)}” has not exactly one other end on its level.",
                    ),
                    Text(
                        "سمِّ الطرفين باسم واحد: مرسِل أو أكثر ومستقبِل واحد، أو صِل بينهما بسهم.",
                        "Give both ends one name: one or more that throw, one that catches; or draw a flow.",
                    ),
                )
