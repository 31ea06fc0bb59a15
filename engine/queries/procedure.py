"""The procedure as staff read it: every process in force with who does what, why and by which rule, the forms and
decision tables that belong to it, and the words that it uses. Nothing here is of any case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.access import may
from engine.actor import Actor
from engine.bpmn.graph import Element, Process
from engine.bpmn.names import BPMN
from engine.definitions import Definitions
from engine.dmn.telling import ToldTable, tables_of
from engine.errors import NotAllowed, NotFound
from engine.forms.form import Form
from engine.forms.lists import Lists, Option
from engine.masar import Masar
from engine.queries.in_force import content_of
from engine.safexml import parse_xml
from engine.text import Text

ROLES, GLOSSARY = "roles", "glossary"
FIRST = ("reporting", "admission", "case")
"""Where reading begins; what these call follows them."""


@dataclass(frozen=True)
class Linked:
    """A process, form or decision by its key and what it is called."""

    key: str
    title: Text


@dataclass(frozen=True)
class Step:
    """An element of a process: what it is, who does it (`who`), and why and by which rule (`why`)."""

    id: str
    name: Text
    type: str
    who: tuple[Text, ...]
    why: Text
    form: Linked | None
    called: Linked | None
    decision: Linked | None


@dataclass(frozen=True)
class ProcedurePage:
    """One process as a page of the textbook."""

    key: str
    name: Text
    about: Text
    steps: tuple[Step, ...]
    forms: tuple[Linked, ...]
    decisions: tuple[Linked, ...]
    called_by: tuple[Linked, ...]
    words: tuple[Option, ...]
    """Those of the glossary that stand on this page."""


@dataclass(frozen=True)
class FormPage:
    """A form with its questions, and the processes that ask them."""

    form: Form
    lists: Lists
    used_by: tuple[Linked, ...]


@dataclass(frozen=True)
class DecisionPage:
    """A decision with its table."""

    table: ToldTable
    used_by: tuple[Linked, ...]


def procedures(masar: Masar, actor: Actor) -> list[Linked]:
    """Every process in force, in the order of reading."""
    found = in_force(masar, actor)
    return [Linked(key, found.bpmn.processes[key].name) for key in reading_order(found)]


def procedure_page(masar: Masar, actor: Actor, key: str) -> ProcedurePage:
    """One process in force. Raises NotAllowed, NotFound."""
    found = in_force(masar, actor)
    process = found.bpmn.processes.get(key)
    if process is None:
        raise NotFound
    decisions = decided_in(found, key)
    steps = tuple(
        _step(found, one, decisions.get(one.id)) for one in process.elements.values()
        if one.name.ar or one.documentation)
    about = about_of(found, process)
    return ProcedurePage(
        key, process.name, about, steps, _once(one.form for one in steps), _once(one.decision for one in steps),
        tuple(_process(found, other) for other in reading_order(found) if key in _called(found, other)),
        words_in(found, [about, *(text for one in steps for text in (one.name, one.why))]))


def procedure_diagram(masar: Masar, actor: Actor, key: str) -> bytes:
    """The diagram in force. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        content = content_of(conn, "process", key)
    if content is None:
        raise NotFound
    return content


def form_page(masar: Masar, actor: Actor, key: str) -> FormPage:
    """A form in force. Raises NotAllowed, NotFound."""
    found = in_force(masar, actor)
    form = found.form(key)
    used = (
        process for process in reading_order(found)
        if any(key in forms_of(one) for one in found.bpmn.processes[process].elements.values()))
    return FormPage(form, found.lists, tuple(_process(found, one) for one in used))


def decision_page(masar: Masar, actor: Actor, key: str) -> DecisionPage:
    """A decision in force. Raises NotAllowed, NotFound."""
    found = in_force(masar, actor)
    file = next((name for name, model in found.decisions.items() if any(d.id == key for d in model.decisions)), None)
    if file is None:
        raise NotFound
    with masar.db.read() as conn:
        content = content_of(conn, "decision", file)
    table = next((one for one in tables_of(content or b"") if one.id == key), None)
    if table is None:
        raise NotFound
    used = (one for one in reading_order(found) if key in decided_in(found, one).values())
    return DecisionPage(table, tuple(_process(found, one) for one in used))


def glossary(masar: Masar, actor: Actor) -> tuple[Option, ...]:
    """The words of the procedure."""
    return in_force(masar, actor).lists.get(GLOSSARY, ())


def in_force(masar: Masar, actor: Actor) -> Definitions:
    """What new cases begin with. Raises NotAllowed for those outside."""
    demand_reader(actor)
    with masar.db.read() as conn:
        return masar.library.latest(conn)


def demand_reader(actor: Actor) -> None:
    """Raises NotAllowed for who is no member of staff."""
    if not may(actor, "read_procedure"):
        raise NotAllowed


def reading_order(found: Definitions) -> list[str]:
    """Processes by key: where reading begins, each followed by what it calls; then what nobody calls."""
    called = {other for key in found.bpmn.processes for other in _called(found, key)}
    roots = [*FIRST, *sorted(found.bpmn.processes.keys() - called), *sorted(found.bpmn.processes)]
    order: dict[str, None] = {}
    waiting = [key for key in reversed(roots) if key in found.bpmn.processes]
    while waiting:
        key = waiting.pop()
        if key not in order:
            order[key] = None
            waiting += [one for one in reversed(_called(found, key)) if one not in FIRST]
    return list(order)


def about_of(found: Definitions, process: Process) -> Text:
    """What a process says of itself."""
    root = parse_xml(found.diagrams[process.id]).find(f"{BPMN}process[@id='{process.id}']")
    arabic = root.findtext(f"{BPMN}documentation") if root is not None else None
    return Text((arabic or "").strip(), process.properties.get("documentation_en", ""))


def decided_in(found: Definitions, process: str) -> Mapping[str, str]:
    """The decision of each element of a process that makes one, by its id."""
    root = parse_xml(found.diagrams[process])
    tasks = ((str(one.get("id")), one.find(".//{*}calledDecision")) for one in root.iter(f"{BPMN}businessRuleTask"))
    return {id: str(asked.get("decisionId")) for id, asked in tasks if asked is not None}


def forms_of(element: Element) -> list[str]:
    """The forms that are filled at an element."""
    return [form for form in (element.form, element.properties.get("form")) if form]


def why_of(element: Element) -> Text:
    """Why an element is there, and by which rule."""
    return Text((element.documentation or "").strip(), element.properties.get("documentation_en", ""))


def words_in(found: Definitions, texts: list[Text]) -> tuple[Option, ...]:
    """The words of the glossary that stand in some texts."""
    arabic, english = (" ".join(part).casefold() for part in zip(*texts, strict=True)) if texts else ("", "")
    return tuple(
        one for one in found.lists.get(GLOSSARY, ())
        if one.label.ar in arabic or (one.label.en and one.label.en.casefold() in english))


def _step(found: Definitions, element: Element, decision: str | None) -> Step:
    forms = forms_of(element)
    form = found.forms.get(forms[0]) if forms else None
    offered = tuple(part.strip() for part in element.properties.get("offer_to", "").split(",") if part.strip())
    told = found.decision(decision) if decision else None
    return Step(
        element.id, element.name, element.type, tuple(_role(found, one) for one in element.groups or offered),
        why_of(element), Linked(form.key, form.title) if form else None,
        _process(found, element.calls) if element.calls in found.bpmn.processes else None,
        Linked(told.id, told.title if told.title.ar else Text(told.id, told.id)) if told else None)


def _role(found: Definitions, role: str) -> Text:
    option = found.lists.option(ROLES, role) if ROLES in found.lists else None
    return option.label if option else Text(role, role)


def _process(found: Definitions, key: str | None) -> Linked:
    name = found.bpmn.processes[key].name if key else Text("")
    return Linked(key or "", name if name.ar else Text(key or "", key or ""))


def _called(found: Definitions, key: str) -> list[str]:
    calls = (one.calls for one in found.bpmn.processes[key].elements.values())
    return list(dict.fromkeys(one for one in calls if one in found.bpmn.processes and one is not None))


def _once(some: Iterator[Linked | None]) -> tuple[Linked, ...]:
    return tuple({one.key: one for one in some if one is not None}.values())
