"""What a provider may still look at after its answer: what it was asked and told, and what it said. For thirty days,
and not a day longer; nothing at all once the consent is withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.bpmn import visible
from engine.commands.standing import Standing
from engine.commands.work import as_key
from engine.errors import NotFound
from engine.feel.codec import dumps, loads
from engine.masar import Masar
from engine.powers import GIVEN, IN_BEST_INTERESTS, PROVIDER_REPORT, PROVIDER_USER, TAKEN_ON
from engine.queries.cursors import cursor_of, place_from
from engine.queries.naming import element_name
from engine.queries.relations import is_sealed
from engine.queries.rows import Answered, Page, ProviderRecord
from engine.queries.sharing import asked_in, consents_for, shared_in
from engine.store import cases, provider_records
from engine.text import Text


def record_of(
    standing: Standing, wait: Any, context: Mapping[str, Any], answers: object, now: datetime
) -> bytes | None:
    """What to keep of an answer for the provider's own eyes; None where it did not take the referral on."""
    if not isinstance(answers, Mapping) or not (wait.form == PROVIDER_REPORT or answers.get("decision") in TAKEN_ON):
        return None
    definitions = standing.definitions
    today = definitions.env(now).local(now).date()
    said = definitions.form(wait.form).describe(answers, definitions.lists)
    name, referral = element_name(definitions, wait.process, wait.element), context.get("referral") or {}
    return dumps({
        "number": standing.case.number, "name": _pair(name), "agency": str(referral.get("provider", "")),
        "asked": _told(asked_in(definitions, context)), "shared": _told(shared_in(definitions, context, today)),
        "answers": _told(Answered(one.label, one.value) for one in said),
    }).encode()


def records_for(masar: Masar, actor: Actor, after: str | None = None, limit: int = 25) -> Page[ProviderRecord]:
    """What the actor's own agency answered of late, newest first."""
    units = {m.unit_id for m in actor.memberships if m.role == PROVIDER_USER}
    before = place_from(after)[1] if after else None
    with masar.db.read() as conn:
        rows = list(provider_records.of_units(conn, units, masar.clock(), before, limit + 1))
        shown = rows[:limit]
        files = {case.id: case for case in cases.load_many(conn, masar.vault, sorted({row.case_id for row in shown}))}
    found = tuple(
        told for row in shown
        if row.case_id in files and (told := _record(masar, actor, row, files[row.case_id])) is not None
    )
    more = len(rows) > limit
    return Page(found, cursor_of(shown[-1].answered_at, shown[-1].id) if more else None)


def record_page(masar: Masar, actor: Actor, record_id: str) -> ProviderRecord:
    """One answer of the actor's own agency. Raises NotFound, also when its time is over."""
    with masar.db.read() as conn:
        row = provider_records.get(conn, as_key(record_id), masar.clock())
        case = cases.load(conn, masar.vault, row.case_id) if row is not None else None
    found = _record(masar, actor, row, case) if row is not None and case is not None else None
    if found is None:
        raise NotFound
    return found


def _record(masar: Masar, actor: Actor, row: Any, case: Any) -> ProviderRecord | None:
    """A record as its agency sees it; None for everybody else, and once a consent to share with it is withdrawn."""
    own = AccessFacts(unit_path=case.unit_path, groups=frozenset({PROVIDER_USER}), audience_unit=row.unit_id,
                      sealed=is_sealed(case) and case.status == "closed")
    if not may(actor, "answer_offer", own):
        return None
    kept: Any = loads(provider_records.opened(masar.vault, row).decode())
    held = consents_for({"case": visible(case.state, 0).get("case")}, kept["agency"]) if case.state else []
    if any(one.get("status") not in (GIVEN, IN_BEST_INTERESTS) for one in held):
        return None
    return ProviderRecord(
        id=str(row.id), number=kept["number"], name=Text(*kept["name"]), answered_at=row.answered_at,
        visible_until=row.visible_until, asked=_answered(kept["asked"]), shared=_answered(kept["shared"]),
        answers=_answered(kept["answers"]),
    )


def _told(answers: Iterable[Answered]) -> list[Any]:
    return [[_pair(one.label), _pair(one.value)] for one in answers]


def _answered(kept: Any) -> tuple[Answered, ...]:
    return tuple(Answered(Text(*label), Text(*value)) for label, value in kept)


def _pair(text: Text) -> list[str]:
    return [text.ar, text.in_("en")]
