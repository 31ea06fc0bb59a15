"""Calls: decisions, scripts, jobs and other processes, each fully said and within the powers of a diagram."""

from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, Scope, local
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.text import Text

JOBS = frozenset({"serviceTask", "sendTask"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent"})
SENDING = frozenset({"mail", "webhook"})


def _jobs(diagram: Diagram) -> list[Node]:
    """Service and send tasks, and events that throw a message: what asks the outside for something."""
    return [
        node
        for node in diagram.nodes
        if node.tag in JOBS or (node.tag in THROWING and node.event == "message")
    ]


def _of(diagram: Diagram, *tags: str) -> list[Node]:
    return [node for node in diagram.nodes if node.tag in tags]


def decisions(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Business rule tasks without a decision, without a result, or with a decision that does not exist."""
    for node in _of(diagram, "businessRuleTask"):
        decision = node.said("calledDecision", "decisionId")
        if decision is None:
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» لا يسمي قراراً.", f"“{called(node)}” names no decision."),
                Text("اختر قراراً (decisionId).", "Choose a decision (decisionId)."),
            )
        elif known.decisions is not None and decision not in known.decisions and not decision.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"القرار «{decision[:60]}» غير موجود.",
                    f"The decision “{decision[:60]}” does not exist.",
                ),
                Text(
                    f"الموجود: {listing(known.decisions, 20)}", f"There are: {listing(known.decisions, 20)}"
                ),
            )
        elif decision.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    "اسم القرار محسوب بتعبير، فلا يُعرف أي قرار سيُستخدم.",
                    "The decision is named by an expression, so nobody can know which one runs.",
                ),
                Text("اكتب معرّف القرار نفسه.", "Write the id of the decision itself."),
            )
        if not node.said("calledDecision", "resultVariable"):
            yield Flaw(
                label(node.element),
                Text(
                    f"نتيجة القرار في «{called(node)}» لا تُحفظ في متغير.",
                    f"“{called(node)}” keeps the result of its decision nowhere.",
                ),
                Text("اذكر متغير النتيجة (resultVariable).", "State the result variable (resultVariable)."),
            )


def scripts(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Script tasks without a FEEL expression or a variable for its result."""
    del known
    for node in _of(diagram, "scriptTask"):
        expression = node.said("script", "expression")
        if not (expression or "").startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}»: لا يوجد تعبير FEEL يبدأ بعلامة =.",
                    f"“{called(node)}” has no FEEL expression that begins with =.",
                ),
                Text(
                    "اكتب تعبير FEEL في zeebe:script، مثل ‎=visits + 1‎",
                    "Write FEEL in zeebe:script, such as =visits + 1",
                ),
            )
        if not node.said("script", "resultVariable"):
            yield Flaw(
                label(node.element),
                Text(
                    f"نتيجة «{called(node)}» لا تُحفظ في متغير.",
                    f"“{called(node)}” keeps its result nowhere.",
                ),
                Text("اذكر متغير النتيجة (resultVariable).", "State the result variable (resultVariable)."),
            )


def job_types(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Service and send tasks without a type, or with one that the engineers' list does not hold."""
    for node in _jobs(diagram):
        kind = node.said("taskDefinition", "type")
        if kind is None:
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا نوع عمل.", f"“{called(node)}” has no job type."),
                Text("اذكر النوع (type)، مثل mail.", "State its type, such as mail."),
            )
        elif known.call_types is not None and kind not in known.call_types:
            yield Flaw(
                label(node.element),
                Text(
                    f"نوع العمل «{kind[:60]}» غير مسموح.",
                    f"The job type “{kind[:60]}” is not allowed.",
                ),
                Text(f"المسموح: {listing(known.call_types)}", f"Allowed: {listing(known.call_types)}"),
            )
    asking = set(_jobs(diagram))
    for node in diagram.nodes:
        if node not in asking and node.extension("taskDefinition") is not None:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» له نوع عمل، وهو هنا يُتجاهل.",
                    f"“{called(node)}” has a job type, which would be ignored here.",
                ),
                Text("استخدم مهمة خدمة (service task).", "Use a service task."),
            )


def job_settings(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Jobs whose destination, template, message or retries are missing or not on the engineers' list."""
    for node in _jobs(diagram):
        kind = node.said("taskDefinition", "type")
        if kind in SENDING:
            yield from _destination(node, known)
            if kind == "mail" and not node.headers.get("template"):
                yield _header(node, "template")
        elif kind == "publish_message":
            if not node.headers.get("message"):
                yield _header(node, "message")
            if "key" not in {target for target, _ in node.mappings("input")}:
                yield Flaw(
                    label(node.element),
                    Text(
                        "رسالة بلا مفتاح: لا يُعرف لأي حالة هي.",
                        "A message without a key: for which case is it?",
                    ),
                    Text("أضف مدخلاً باسم key.", "Add an input named key."),
                )
        retries = node.said("taskDefinition", "retries") or "3"
        if not retries.startswith("=") and not (
            retries.isascii() and retries.isdigit() and int(retries[:9]) <= 100
        ):
            yield Flaw(
                label(node.element),
                Text("عدد المحاولات ليس عدداً بين 0 و100.", "The retries are no number up to 100."),
                Text("اكتب عدداً، مثل 3.", "Write a number, such as 3."),
            )


def _destination(node: Node, known: Known) -> Iterator[Flaw]:
    destination = node.headers.get("destination") or ""
    if not destination:
        yield _header(node, "destination")
    elif (
        known.destinations is not None and destination not in known.destinations
    ) or not destination.isidentifier():
        yield Flaw(
            label(node.element),
            Text(
                f"الوجهة «{destination[:60]}» ليست من قائمة الوجهات المسموحة.",
                f"The destination “{destination[:60]}” is not on the list of allowed destinations.",
            ),
            Text(
                f"اختر من: {listing(known.destinations or frozenset())}، أو اطلب إضافتها من مسؤول الأمن.",
                f"Choose among: {listing(known.destinations or frozenset())}; or ask the security officer.",
            ),
        )


def _header(node: Node, name: str) -> Flaw:
    return Flaw(
        label(node.element),
        Text(f"ينقص «{called(node)}» الترويسة {name}.", f"“{called(node)}” lacks the header {name}."),
        Text(f"أضف {name} في zeebe:taskHeaders.", f"Add {name} to its zeebe:taskHeaders."),
    )


def processes(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Call activities that call nothing, or a process that does not exist."""
    own = {process.id for process in diagram.processes}
    for node in _of(diagram, "callActivity"):
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


def unstated_inputs(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Calls that hand over every variable instead of stating their inputs (warning)."""
    del known
    for node in _of(diagram, "callActivity"):
        if node.said("calledElement", "propagateAllParentVariables") != "false":
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» يمرر كل المتغيرات إلى الإجراء المستدعى.",
                    f"“{called(node)}” hands every variable to the process it calls.",
                ),
                Text(
                    "اجعل propagateAllParentVariables=false واذكر المدخلات واحداً واحداً.",
                    "Set propagateAllParentVariables=false and state its inputs one by one.",
                ),
            )


def recursion(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Processes that call themselves, directly or through others."""
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
                    Text(
                        "استخدم حلقة داخل الإجراء بدل استدعاء نفسه.", "Use a loop inside the process instead."
                    ),
                )


def calls_of(process: Scope) -> set[str]:
    """The processes that a process calls directly."""
    nodes = [node for scope in process.walk() for node in scope.nodes if node.tag == "callActivity"]
    return {node.said("calledElement", "processId") or "" for node in nodes} - {""}


def _all_called(begin: str, scopes: dict[str, Scope]) -> set[str]:
    reached: set[str] = set()
    waiting = [begin]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += calls_of(scopes[name]) if name in scopes else ()
    return reached


def events_with_jobs(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Form and assignment settings on elements that show nothing to anybody (they would be ignored)."""
    del known
    for node in diagram.nodes:
        for tag in ("formDefinition", "assignmentDefinition", "taskSchedule", "priorityDefinition"):
            if node.tag != "userTask" and node.extension(tag) is not None:
                yield _ignored(node, tag)
        for tag, owner in (
            ("script", "scriptTask"),
            ("calledDecision", "businessRuleTask"),
            ("calledElement", "callActivity"),
        ):
            if node.tag != owner and node.extension(tag) is not None:
                yield _ignored(node, tag)


def _ignored(node: Node, tag: str) -> Flaw:
    return Flaw(
        label(node.element),
        Text(
            f"الإعداد {tag} على «{called(node)}» ({local(node.element)}) سيُتجاهل.",
            f"The setting {tag} of “{called(node)}” ({local(node.element)}) would be ignored.",
        ),
        Text("انقله إلى العنصر المناسب أو احذفه.", "Move it to the element it belongs to, or remove it."),
    )
