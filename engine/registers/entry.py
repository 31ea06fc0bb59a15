"""A provider as it is entered in the directory, and whether anybody may be referred to it on a day."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.forms import Lists
from engine.store.providers import ALWAYS, ANY_SEX, EVERYWHERE, NEVER
from engine.text import Text
from engine.words import Months, day_in_words

AGENCY_TYPES, NEEDS, SERVICES = "agency_types", "directory_needs", "service_types"
YOUNGEST, OLDEST = 0, 200
DAYS = ("licence_until", "agreement_until", "standard_until")

SUSPENDED = Text("موقوفة في دليل الخدمات", "suspended in the directory")
UNLICENSED = Text("غير مرخّصة", "not licensed")
NO_AGREEMENT = Text("لا اتفاقية معها", "no agreement with it")
NOT_LISTED = Text("ليست في دليل الخدمات", "not in the directory of services")
NOT_OFFERED = Text("لا تقدم هذه الخدمة", "it does not offer this service")

Entry = Mapping[str, Any]
"""What a provider's form holds, days as ISO texts: JSON as it stands in the database."""


@dataclass(frozen=True)
class Needs:
    """What providers of a sector need before anybody is referred to them."""

    licence: bool = True
    agreement: bool = True


def entry_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The entry that the answers of the form make."""
    return {name: _plain(value) for name, value in answers.items() if name != "reason" and value is not None}


def dumped(entry: Entry) -> str:
    """The entry as the database keeps it."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True)


def loaded(text: str) -> dict[str, Any]:
    """The entry that `dumped` wrote."""
    found: dict[str, Any] = json.loads(text)
    return found


def needs_of(lists: Lists, agency_type: str) -> Needs:
    """What a kind of agency needs: by its sector in the list `directory_needs`; both where nothing is said."""
    kind = lists.option(AGENCY_TYPES, agency_type)
    line = lists.option(NEEDS, str(kind.facts.get("sector", ""))) if kind else None
    if line is None:
        return Needs()
    return Needs(line.facts.get("licence") is not False, line.facts.get("agreement") is not False)


def usable_until(entry: Entry, suspended: bool, needs: Needs) -> str:
    """The last day on which anybody may be referred to a provider; "" where it is none."""
    licence, agreement = str(entry.get("licence_until") or ""), str(entry.get("agreement_until") or "")
    if suspended or (needs.licence and not (entry.get("licence") == "valid" and licence)):
        return NEVER
    if needs.agreement and not agreement:
        return NEVER
    days = [licence] if licence and entry.get("licence") == "valid" else []
    return min([*days, *([agreement] if needs.agreement else [])], default=ALWAYS)


def why_not(entry: Entry, suspended: bool, needs: Needs, today: str, months: Months) -> Text | None:
    """Why nobody may be referred to a provider today; None where they may."""
    if suspended:
        return SUSPENDED
    licence, agreement = str(entry.get("licence_until") or ""), str(entry.get("agreement_until") or "")
    if needs.licence and not (entry.get("licence") == "valid" and licence):
        return UNLICENSED
    if entry.get("licence") == "valid" and licence and licence < today:
        ended = day_in_words(date.fromisoformat(licence), months)
        return Text(f"انتهى ترخيصها في {ended.ar}", f"its licence ended on {ended.in_('en')}")
    if needs.agreement and not agreement:
        return NO_AGREEMENT
    if needs.agreement and agreement < today:
        ended = day_in_words(date.fromisoformat(agreement), months)
        return Text(f"انتهت اتفاقيتها في {ended.ar}", f"its agreement ended on {ended.in_('en')}")
    return None


def columns_of(entry: Entry, suspended: bool, needs: Needs) -> dict[str, Any]:
    """The columns by which an entry is found."""
    return {
        "code": entry["code"], "name_ar": entry["name_ar"], "name_en": entry.get("name_en", ""),
        "agency_type": entry["agency_type"], "usable_until": usable_until(entry, suspended, needs),
        "licence_until": str(entry.get("licence_until") or ""), "suspended": suspended, "entry": dumped(entry),
    }


def services_of(entry: Entry) -> Iterator[dict[str, Any]]:
    """The lines by which its services are found."""
    for line in entry.get("services", ()):
        yield {
            "service_type": line["service_type"], "age_min": line.get("age_min", YOUNGEST),
            "age_max": line.get("age_max", OLDEST), "sex": line.get("sex", ANY_SEX),
            "free_of_charge": line.get("price") == "free", "places_free": line.get("places_free"),
        }


def areas_of(entry: Entry) -> list[tuple[str, str]]:
    """The pairs of governorate and district where it works: everywhere, if it names none."""
    named = [(line["governorate"], line.get("district") or EVERYWHERE) for line in entry.get("areas", ())]
    return named or [(EVERYWHERE, EVERYWHERE)]


def faults_of(entry: Entry) -> dict[str, Text]:
    """What no form can see by itself: a service named twice, ages the wrong way round. By the path of the field."""
    wrong: dict[str, Text] = {}
    seen: set[str] = set()
    for place, line in enumerate(entry.get("services", ())):
        if line["service_type"] in seen:
            wrong[f"services.{place}.service_type"] = Text("هذه الخدمة مكررة.", "This service stands here twice.")
        seen.add(line["service_type"])
        if line.get("age_min", YOUNGEST) > line.get("age_max", OLDEST):
            wrong[f"services.{place}.age_max"] = Text("«إلى عمر» أقل من «من عمر».", "“To age” is below “from age”.")
    return wrong


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{k: _plain(v) for k, v in line.items() if v is not None} for line in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | bool) else int(value)
