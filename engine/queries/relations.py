"""The plain facts by which access is decided, read off rows."""

from collections.abc import Iterable
from typing import Any

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.errors import NotAllowed, NotFound
from engine.facts import Facts
from engine.powers import OPEN_NOTHING, PROVIDER_USER
from engine.store.cases import CaseFile
from engine.store.work_items import split


def facts_of_case(
    case: CaseFile, facts: Facts, open_items: Iterable[Any] = (), actor: Actor | None = None
) -> AccessFacts:
    """A whole case or report, with its open work. Whoever may take some of that work is related to the case, but not
    through work that this very actor is barred from. Of a sealed file that is closed, its manager is one like all."""
    items = [item for item in open_items if item.form not in OPEN_NOTHING]
    free = (i for i in items if i.assignee_id is None and not (actor and str(actor.id) in split(i.barred)))
    return AccessFacts(
        kind=case.kind, unit_path=case.unit_path, sealed=is_sealed(case), about=concerned(case),
        manager_id=None if is_sealed(case) and case.status == "closed" else case.manager_id,
        groups=frozenset(group for item in free for group in split(item.groups)),
        workers=frozenset(i.assignee_id for i in items if i.assignee_id), reporter_id=facts.reporter,
    )


def facts_of_item(item: Any, case: Any) -> AccessFacts:
    """A work item, from its row and that of its case (kind, manager, readers, about). Work in a sealed file is seen by
    who does it while it is open, and by nobody afterwards."""
    closed, sealed = item.form in OPEN_NOTHING, is_sealed(case)
    if sealed and item.status != "open":
        return AccessFacts(unit_path=item.unit_path, sealed=True)
    return AccessFacts(
        kind=case.kind, sealed=sealed, unit_path=item.unit_path, groups=frozenset(split(item.groups)),
        assignee_id=item.assignee_id, manager_id=case.manager_id,
        workers=frozenset({item.assignee_id}) if item.assignee_id and not closed else frozenset(), closed=closed,
        barred=frozenset(int(i) for i in split(item.barred)), about=concerned(case),
    )


def facts_of_offer(wait: Any, case: CaseFile, by_link: bool = False) -> AccessFacts:
    """A message that people may record by hand, from its row; `by_link` to whoever shows a link made for it."""
    return AccessFacts(
        kind=case.kind, unit_path=case.unit_path, groups=frozenset(split(wait.offer_to)),
        manager_id=case.manager_id, audience_unit=wait.offer_unit_id, by_link=by_link, sealed=is_sealed(case),
        audience_person=wait.offer_person_id,
        about=concerned(case),
    )


def concerned(case: Any) -> frozenset[int]:
    """The accounts to whom a file does not exist, because it complains of them or of who works under them."""
    return frozenset(int(i) for i in split(case.about or ""))


def is_sealed(case: Any) -> bool:
    """Whether a file is closed to everybody but those who were named for it."""
    return case.readers is not None


def linkable(actor: Actor, relation: AccessFacts) -> bool:
    """Whether the actor may make a one-time link to an offer, for a provider without an account. None opens a sealed
    file: what the provider says is typed in."""
    return PROVIDER_USER in relation.groups and not relation.sealed and may(actor, "make_answer_link", relation)


def demand(actor: Actor, action: str, facts: AccessFacts, seen_by: str = "see_case") -> None:
    """Refuses what the actor may not do: as missing to those who may not even know of it, else as not allowed."""
    if may(actor, action, facts):
        return
    raise NotAllowed if may(actor, seen_by, facts) else NotFound
