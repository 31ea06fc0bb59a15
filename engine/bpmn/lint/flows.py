"""How the elements hang together: two ends to a flow, one way in, everything reachable, no dead ends."""

from collections.abc import Iterable, Iterator

from engine.bpmn.lint.diagram import ACTIVITIES, GATEWAYS, Diagram, Flow, Node, Scope
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.text import Text

LARGEST_SCOPE = 300
CONNECT = Text(
    "صِله بسهم من العنصر الذي يسبقه أو احذفه.",
    "Connect it with a flow from what comes before it, or remove it.",
)


def processes(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """A file holds exactly one process that can run."""
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


def ends(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Flows whose ends do not exist, lie in another scope, or are of a kind that takes no flow."""
    del known
    for flow in diagram.flows:
        if flow.source is None or flow.target is None:
            yield Flaw(
                label(flow.element),
                Text(
                    "سهم لا يصل بين عنصرين في المستوى نفسه.",
                    "A flow that does not join two elements of the same level.",
                ),
                Text(
                    "أعد رسم السهم بين عنصرين داخل الإجراء نفسه.",
                    "Draw it again between two elements of one process.",
                ),
            )
        elif wrong := _wrong_end(flow.source, flow.target):
            yield Flaw(
                label(flow.element),
                wrong,
                Text("احذف السهم أو غيّر طرفه.", "Remove the flow, or move its end."),
            )


def _wrong_end(source: Node, target: Node) -> Text | None:
    if target.tag == "startEvent":
        return Text("سهم يدخل إلى حدث بداية.", "A flow into a start event.")
    if target.catches_link or source.throws_link:
        return Text("سهم على طرف رابط: الرابط نفسه هو السهم.", "A flow at the end of a link: the link is the flow.")
    if target.tag == "boundaryEvent":
        return Text("سهم يدخل إلى حدث على حدّ عنصر.", "A flow into a boundary event.")
    if source.tag == "endEvent":
        return Text("سهم يخرج من حدث نهاية.", "A flow out of an end event.")
    if source.is_event_subprocess or target.is_event_subprocess:
        return Text(
            "سهم متصل بإجراء فرعي حدثي، وهو يبدأ بحدثه فقط.",
            "A flow joined to an event sub-process, which only its own event begins.",
        )
    return None


def starts(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Scopes with several start events, or with nothing to begin with."""
    del known
    for scope in _with_content(diagram):
        found = scope.starts
        if not scope.begins:
            yield Flaw(
                label(scope.element),
                Text("لا يوجد حدث بداية.", "There is no start event."),
                Text(
                    "أضف حدث بداية واحداً وصِله بأول عنصر.",
                    "Add one start event and connect it to the first element.",
                ),
            )
        for extra in found[1:]:
            yield Flaw(
                label(extra.element),
                Text("أكثر من حدث بداية في مستوى واحد.", "More than one start event on one level."),
                Text(
                    "أبقِ حدث بداية واحداً، وافصل ما عداه في إجراء أو إجراء فرعي حدثي.",
                    "Keep one; draw the others as processes or event sub-processes.",
                ),
            )


def implied_starts(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Levels without a start event: they begin with everything that no flow leads to (warning)."""
    del known
    for scope in diagram.scopes:
        for node in scope.begins if not scope.starts else ():
            yield Flaw(
                label(node.element),
                Text(
                    f"لا يوجد حدث بداية: يبدأ المسار من «{called(node)}» لأن لا سهم يصل إليه.",
                    f"There is no start event: the path begins at “{called(node)}”, since no flow leads to it.",
                ),
                Text("أضف حدث بداية وصِله به.", "Add a start event and connect it."),
            )


def _with_content(diagram: Diagram) -> list[Scope]:
    return [
        s
        for s in diagram.scopes
        if s.nodes or s.parent is not None or s.element.get("isExecutable") == "true"
    ]


def unreachable(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Elements that no token can reach."""
    del known
    for scope in diagram.scopes:
        reached = reach(entrances(scope))
        for node in scope.nodes:
            if node not in reached and node.tag != "boundaryEvent" and scope.begins:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"لا يصل أي مسار إلى «{called(node)}».",
                        f"No path leads to “{called(node)}”.",
                    ),
                    CONNECT,
                )


def entrances(scope: Scope) -> list[Node]:
    """Where tokens enter a scope: where it begins, and its event sub-processes."""
    return scope.begins + scope.event_subprocesses()


def reach(begin: Iterable[Node]) -> set[Node]:
    """All nodes that flows and boundary events lead to from some nodes, themselves included."""
    reached: set[Node] = set()
    waiting = list(begin)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
    return reached


def dead_ends(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Gateways and events that nothing follows: a token that comes there is lost without anybody knowing."""
    del known
    for node in diagram.nodes:
        if not node.outgoing and (node.tag in GATEWAYS or _event_in_flow(node)):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» لا يقود إلى شيء.",
                    f"“{called(node)}” leads nowhere.",
                ),
                Text(
                    "صِله بالعنصر التالي، أو بحدث نهاية.", "Connect it to what comes next, or to an end event."
                ),
            )


def _event_in_flow(node: Node) -> bool:
    return node.tag in {"startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}


def implicit_ends(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Activities that nothing follows: the path ends there, which may be a mistake (warning)."""
    del known
    for node in diagram.nodes:
        if not node.outgoing and node.tag in ACTIVITIES and not node.is_event_subprocess:
            yield Flaw(
                label(node.element),
                Text(
                    f"ينتهي المسار عند «{called(node)}» بلا حدث نهاية.",
                    f"The path ends at “{called(node)}” without an end event.",
                ),
                Text(
                    "أضف حدث نهاية باسم يقول ما النتيجة.", "Add an end event whose name says what came of it."
                ),
            )


def endless(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Elements that can be reached and from which no path leads out of their loop."""
    del known
    for scope in diagram.scopes:
        if _can_be_interrupted(scope):
            continue
        entered, finishing = reach(entrances(scope)), _finishing(scope)
        stuck = [node for node in scope.nodes if node in entered and node not in finishing]
        if stuck:
            yield Flaw(
                label(stuck[0].element),
                Text(
                    f"بعد «{called(stuck[0])}» حلقة لا مخرج منها: لا ينتهي الإجراء أبداً.",
                    f"After “{called(stuck[0])}” there is a loop without a way out: the process never ends.",
                ),
                Text(
                    "أضف بوابة يخرج منها سهم إلى ما بعد الحلقة.",
                    "Add a gateway with a flow that leaves the loop.",
                ),
            )


def _can_be_interrupted(scope: Scope) -> bool:
    host = scope.parent
    inside = any(s.interrupting for n in scope.event_subprocesses() if n.inner for s in n.inner.starts)
    outside = host is not None and any(event.interrupting for event in host.boundary)
    return inside or outside


def _finishing(scope: Scope) -> set[Node]:
    """Nodes from which some path comes to an end of the scope."""
    before: dict[Node, list[Node]] = {}
    for node in scope.nodes:
        following = [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
        for target in following:
            before.setdefault(target, []).append(node)
    finishing: set[Node] = set()
    waiting = [n for n in scope.nodes if not n.outgoing and n.tag != "boundaryEvent"]
    while waiting:
        node = waiting.pop()
        if node not in finishing:
            finishing.add(node)
            waiting += before.get(node, [])
    return finishing


def too_long(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Levels with so many elements that neither the engine nor a reader takes them in."""
    del known
    for scope in diagram.scopes:
        if len(scope.nodes) > LARGEST_SCOPE:
            yield Flaw(
                label(scope.element),
                Text(
                    f"في هذا المستوى {len(scope.nodes)} عنصراً، والحد {LARGEST_SCOPE}.",
                    f"This level holds {len(scope.nodes)} elements; the limit is {LARGEST_SCOPE}.",
                ),
                Text("قسّمه إلى إجراءات يستدعي بعضها بعضاً.", "Split it into processes that call one another."),
            )


def twins(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Two flows between the same two elements: the second does nothing or too much (warning)."""
    del known
    for node in diagram.nodes:
        seen: set[Node] = set()
        for flow in node.outgoing:
            if flow.target in seen:
                yield _twin(flow)
            elif flow.target is not None:
                seen.add(flow.target)


def _twin(flow: Flow) -> Flaw:
    return Flaw(
        label(flow.element),
        Text("سهمان بين العنصرين نفسيهما.", "Two flows between the same two elements."),
        Text("احذف أحدهما، أو اجمع شرطيهما بـ or.", "Remove one, or join their conditions with “or”."),
    )
