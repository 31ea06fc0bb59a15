"""What another agency sees of a case: the referral to it, and of the person what was ticked and consented."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definitions import Definitions
from engine.powers import APPROVED, ASKED_OF_PROVIDERS, CONSENT, REFERRAL, SHARED_WITH_PROVIDERS, SHARING_REVIEW
from engine.queries.naming import listed_words
from engine.queries.rows import Answered
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
    """What the referral asks for; it names nobody."""
    return tuple(_told(definitions, _referral(context), ASKED_OF_PROVIDERS))


def shared_in(definitions: Definitions, context: Mapping[str, Any]) -> tuple[Answered, ...]:
    """What was ticked for sharing, where the person agreed or somebody else approved it."""
    referral = _referral(context)
    ticked = referral.get("info_shared")
    if not isinstance(ticked, list) or not _agreed(context, referral):
        return ()
    found: list[Answered] = []
    for tick in ticked:
        fields = SHARED_WITH_PROVIDERS.get(str(tick))
        if fields is None:
            continue
        told = [one for field in fields for one in _value(definitions, context, field)]
        found += told or [Answered(listed_words(definitions, "info_shared", str(tick)), _BY_HAND)]
    return tuple(found)


def narrowed(context: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that a form may read which another agency fills: what it is asked, and nothing else."""
    referral = _referral(context)
    return {REFERRAL: {name: referral[name] for name in ASKED_OF_PROVIDERS if name in referral}} if referral else {}


def _referral(context: Mapping[str, Any]) -> Mapping[str, Any]:
    found = context.get(REFERRAL)
    return found if isinstance(found, Mapping) else {}


def _agreed(context: Mapping[str, Any], referral: Mapping[str, Any]) -> bool:
    if referral.get("legal_basis") == CONSENT:
        return referral.get("consent_confirmed") is True
    review = context.get(SHARING_REVIEW)
    return isinstance(review, Mapping) and review.get("decision") in APPROVED


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
