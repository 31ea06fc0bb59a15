"""What an analyst may choose from while drawing: forms, decisions, processes, lists, roles, messages, calls."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.actor import Actor
from engine.definitions import Definitions
from engine.errors import NotFound
from engine.masar import Masar
from engine.powers import GROUPS
from engine.queries.studio import demand_reader
from engine.store import definition_drafts
from engine.text import Text
from engine.vocabulary import CALLS, PROPERTIES, CallShape, KnownProperty, messages_in

ROLES = "roles"


@dataclass(frozen=True)
class Named:
    """Something by its key (or id), as people call it."""

    key: str
    name: Text
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that exists, in force or as a draft."""

    forms: tuple[Named, ...]
    decisions: tuple[Named, ...]
    processes: tuple[Named, ...]
    lists: tuple[Named, ...]
    roles: tuple[Named, ...]
    messages: tuple[str, ...]
    calls: tuple[CallShape, ...]
    properties: tuple[KnownProperty, ...]


def catalogue(masar: Masar, actor: Actor) -> Catalogue:
    """The catalogue. Raises NotAllowed."""
    demand_reader(actor)
    with masar.db.read() as conn:
        try:
            found: Definitions | None = masar.library.latest(conn)
        except NotFound:
            found = None
        begun = [(draft.kind, draft.key) for draft in definition_drafts.all_open(conn)]
    forms = {key: form.title for key, form in found.forms.items()} if found else {}
    processes = {key: one.name for key, one in found.bpmn.processes.items()} if found else {}
    decisions = {named.key: named for named in _decisions(found)} if found else {}
    for kind, key in begun:
        if kind == "form":
            forms.setdefault(key, Text(key, key))
        elif kind == "process":
            processes.setdefault(key, Text(key, key))
        elif kind == "decision":
            decisions.setdefault(key, Named(key, Text(key, key)))
    return Catalogue(
        _named(forms), tuple(decisions[key] for key in sorted(decisions)), _named(processes),
        tuple(Named(key, Text(key, key)) for key in sorted(found.lists)) if found else (),
        tuple(_roles(found)), tuple(sorted(messages_in(found.diagrams.values()))) if found else (), CALLS, PROPERTIES,
    )


def _named(found: dict[str, Text]) -> tuple[Named, ...]:
    return tuple(Named(key, found[key] if found[key].ar else Text(key, key)) for key in sorted(found))


def _decisions(found: Definitions) -> Iterator[Named]:
    for model in found.decisions.values():
        for one in model.decisions:
            plain = one.name or one.id
            yield Named(one.id, one.title if one.title.ar else Text(plain, plain), one.outputs)


def _roles(found: Definitions | None) -> Iterator[Named]:
    for role in sorted(GROUPS):
        option = found.lists.option(ROLES, role) if found and ROLES in found.lists else None
        yield Named(role, option.label if option else Text(role, role))
