"""What another agency sees of a case: the referral to it, and of the person what was ticked and consented."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import AccessFacts, visible_sensitivity
from engine.actor import Actor
from engine.definitions import Definitions
from engine.powers import (
    APPROVED,
    ASKED_OF_PROVIDERS,
    CONSENTS,
    EMERGENCY,
    GIVEN,
    HASTY,
    IN_BEST_INTERESTS,
    OTHER_BASES,
    PROVIDER_USER,
    REFERRAL,
    SHARE_PURPOSE,
    SHARED_WITH_PROVIDERS,
    SHARING_REVIEWS,
    TYPED_IN,
    WITHDRAWAL,
)
from engine.queries.choices import PROVIDERS
from engine.queries.naming import listed_words
from engine.queries.rows import Answered
from engine.store import providers
from engine.subject import name_of
from engine.text import Text

_LABELS: Mapping[str, Text] = {
    "person.name": Text("الاسم", "Name"),
    "person.age": Text("العمر بالسنوات", "Age in years"),
    "person.sex": Text("الجنس", "Sex"),
    "case.risk_level": Text("درجة الخطورة", "Risk level"),
}
_LISTS: Mapping[str, str] = {"person.sex": "sex", "case.risk_level": "risk_levels"}
_BY_HAND = Text("يوافيكم به مدير الحالة", "The case manager will give it to you")


def asked_in(definitions: Definitions, context: Mapping[str, Any]) -> tuple[Answered, ...]:
    """What the referral asks for; it names nobody. Nothing where it was taken back."""
    return () if taken_back(context) else tuple(_told(definitions, _referral(context), ASKED_OF_PROVIDERS))


def shared_in(definitions: Definitions, context: Mapping[str, Any], today: date) -> tuple[Answered, ...]:
    """What was ticked for sharing, where a consent holds today or two others approved it. The diagram asked before it
    sent the referral; this asks again whenever somebody looks."""
    referral = _referral(context)
    ticked = referral.get("info_shared")
    if not isinstance(ticked, list) or not may_be_shared(context, today):
        return ()
    found: list[Answered] = []
    for tick in ticked:
        fields = SHARED_WITH_PROVIDERS.get(str(tick))
        if fields is None:
            continue
        told = [one for field in fields for one in _value(definitions, context, field)]
        found += told or [Answered(listed_words(definitions, "info_shared", str(tick)), _BY_HAND)]
    return tuple(found)


def context_of(actor: Actor, relation: AccessFacts, context: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that the form of an offer may read: all of them for people of the house, who type in what another
    agency said (`typed_in`); for the agency itself what it is asked, and nothing else."""
    if not visible_sensitivity(actor, relation):
        return narrowed(context)
    return {**context, TYPED_IN: True} if PROVIDER_USER in relation.groups else dict(context)


def narrowed(context: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that a form may read which another agency fills: what it is asked, and nothing else."""
    referral = {} if taken_back(context) else _referral(context)
    return {REFERRAL: {name: referral[name] for name in ASKED_OF_PROVIDERS if name in referral}} if referral else {}


def _referral(context: Mapping[str, Any]) -> Mapping[str, Any]:
    found = context.get(REFERRAL)
    return found if isinstance(found, Mapping) else {}


def taken_back(context: Mapping[str, Any]) -> bool:
    """Whether the referral was withdrawn, and its recipient is only told of that."""
    return context.get(WITHDRAWAL) is not None


def may_be_shared(context: Mapping[str, Any], today: date) -> bool:
    """Whether what is ticked may be seen by the provider of the referral."""
    referral = _referral(context)
    if taken_back(context) or not referral:
        return False
    if referral.get("legal_basis") in OTHER_BASES:
        return _approved_by_two(context, referral)
    held = consents_for(context, str(referral.get("provider")))
    if not all(one.get("status") in (GIVEN, IN_BEST_INTERESTS) for one in held):
        return False
    in_force = [one for one in held if _holds_on(one, today)]
    if any(one.get("status") == GIVEN for one in in_force):
        return True
    return bool(in_force) and _approved_by_two(context, referral)


def consents_for(context: Mapping[str, Any], agency: str) -> list[Mapping[str, Any]]:
    """The consents to share a referral with an agency: the newest that the referral went out with, and the newest that
    the case knows now. What was withdrawn since stands in the second."""
    found = []
    for place in (context, context.get("case") or {}):
        listed = place.get(CONSENTS)
        lines = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        mine = [one for one in lines if (one.get("purpose"), one.get("agency")) == (SHARE_PURPOSE, agency)]
        found += mine[-1:]
    return found


def _holds_on(consent: Mapping[str, Any], today: date) -> bool:
    until = consent.get("until")
    last = until.date() if isinstance(until, datetime) else until
    return isinstance(last, date) and last >= today


def _approved_by_two(context: Mapping[str, Any], referral: Mapping[str, Any]) -> bool:
    reviews = [context.get(name) for name in SHARING_REVIEWS]
    first, second = (one.get("decision") if isinstance(one, Mapping) else None for one in reviews)
    in_haste = second is None and context.get(HASTY) is True and referral.get("urgency") == EMERGENCY
    return first in APPROVED and (second in APPROVED or in_haste)


def _value(definitions: Definitions, context: Mapping[str, Any], field: str) -> Iterator[Answered]:
    source, _, name = field.partition(".")
    if source == REFERRAL:
        yield from _told(definitions, _referral(context), (name,))
        return
    case = context.get("case") or {}
    person = case.get("person") or {}
    value = name_of(person) if field == "person.name" else (person if source == "person" else case).get(name)
    if value not in (None, ""):
        words = listed_words(definitions, _LISTS[field], str(value)) if field in _LISTS else Text(str(value))
        yield Answered(_LABELS[field], words)


def _told(definitions: Definitions, referral: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Answered]:
    form = definitions.forms.get(REFERRAL)
    if form is None:
        return
    told = {one.path: one for one in form.describe(referral, definitions.lists)}
    yield from (Answered(told[name].label, told[name].value) for name in names if name in told)


def provider_name(conn: Connection, definitions: Definitions, code: str) -> Text:
    """What a provider is called: by the directory, else by the list that is shipped, else its code."""
    row: Any = providers.by_code(conn, code)
    return Text(row.name_ar, row.name_en) if row is not None else listed_words(definitions, PROVIDERS, code)
