"""Judging the rows of a register against what stands there. Pure: the same rows over the same register come to the
same; nothing is written unless every row is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.forms import Lists
from engine.registers.entry import Entry, faults_of
from engine.registers.sheets import (
    NEEDED_OF_PRACTITIONERS,
    NEEDED_OF_PROVIDERS,
    ONCE,
    PRACTITIONER_COLUMNS,
    PROVIDER_COLUMNS,
    Understood,
    understood,
)
from engine.staff.judged import Judged, Verdict
from engine.staff.lines import Line
from engine.staff.naming import wrong_name
from engine.text import Text

SERVICE_FIELDS = ("service_type", "age_min", "age_max", "sex", "price", "cost", "capacity", "places_free")
_DEFAULTS: Entry = {"sex": "any", "price": "free"}
_NOT_ALIKE = Text(
    "هذا السطر يخالف سطراً سابقاً للجهة نفسها.", "This row contradicts an earlier one of the same provider."
)
_NO_KIND = Text("نوع الجهة ناقص.", "The kind of agency is missing.")
_NOT_KEPT = Text("هذه الجهة ليست في وحدتك.", "This provider is kept by another unit.")
_NOBODY = Text("لا حساب بهذا الاسم في وحداتك.", "There is no such account in your units.")
_ONESELF = Text("لا يعتمد أحد نفسه.", "Nobody accredits themselves.")
_TWICE = Text("هذا المجال مكرر للشخص نفسه.", "This setting stands twice for the same person.")
_ORDER = Text("«حتى يوم» قبل «من يوم».", "“Until” is before “from”.")


@dataclass
class Imported:
    """All verdicts in the order of the rows, and what is to be written where none is a refusal."""

    judged: list[Judged] = field(default_factory=list)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    """providers by code, as they are to stand"""
    accreditations: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """logins with what they are to be accredited for"""

    @property
    def refused(self) -> list[Judged]:
        """The rows that stand in the way of everything."""
        return [one for one in self.judged if one.verdict == "refuse"]

    def note(self, line: Line, verdict: Verdict, about: str, text: Text) -> None:
        """Adds the verdict on a row."""
        self.judged.append(Judged(line.sheet, line.row, verdict, about, text))


def judge_providers(
    lines: Iterable[Line], lists: Lists, known: Mapping[str, Entry | None], bad_codes: Mapping[str, Text]
) -> Imported:
    """What each row of providers does. `known` are the entries by code, None for one that another unit keeps;
    `bad_codes` are codes that cannot be a provider's. A provider's services become those of its rows."""
    plan, wanted = Imported(), dict[str, list[Understood]]()
    for line in lines:
        row = understood(line, lists, PROVIDER_COLUMNS, NEEDED_OF_PROVIDERS)
        code = str(row.values.get("code", line["code"]))
        before = wanted.get(code)
        if not row.wrong and before:  # once is enough
            row = replace(row, values={**{name: before[0].values[name] for name in ONCE}, **row.values})
        wrong = row.wrong or bad_codes.get(code) or (_NOT_KEPT if known.get(code, {}) is None else None)
        if not wrong and (line["name_ar"] or not before):
            wrong = wrong_name(line)
        if not wrong and "agency_type" not in row.values:
            wrong = _NO_KIND
        if not wrong and before and not _alike(before[0], row):
            wrong = _NOT_ALIKE
        if wrong:
            plan.note(line, "refuse", code, wrong)
            continue
        wanted.setdefault(code, []).append(row)
    for code, rows in wanted.items():
        _settle(plan, code, rows, known.get(code))
    return plan


def judge_practitioners(
    lines: Iterable[Line], lists: Lists, known: Mapping[str, Mapping[str, Any]], actor: str
) -> Imported:
    """What each row of practitioners does. `known` are the people whom the actor keeps, by login, with their
    accreditations by setting."""
    plan, seen = Imported(), set[tuple[str, str]]()
    for line in lines:
        row = understood(line, lists, PRACTITIONER_COLUMNS, NEEDED_OF_PRACTITIONERS)
        entry: dict[str, Any] = {name: value for name, value in row.values.items() if name != "login"}
        login, setting = str(row.values.get("login", line["login"])), str(entry.get("setting", ""))
        wrong = row.wrong or (_NOBODY if login not in known else _ONESELF if login == actor else None)
        if not wrong and entry["valid_until"] < entry["valid_from"]:
            wrong = _ORDER
        if not wrong and (login, setting) in seen:
            wrong = _TWICE
        if wrong:
            plan.note(line, "refuse", login, wrong)
            continue
        seen.add((login, setting))
        before = known[login].get(setting)
        told = Text(f"{setting} حتى {entry['valid_until']}", f"{setting} until {entry['valid_until']}")
        if before == entry:
            plan.note(line, "same", login, told)
            continue
        plan.accreditations.append((login, entry))
        plan.note(line, "change" if before else "create", login, told)
    return plan


def _settle(plan: Imported, code: str, rows: list[Understood], old: Entry | None) -> None:
    """The entry that the rows of one provider make, and their verdicts."""
    entry = _entry(rows, old or {})
    faults = faults_of(entry)
    verdict: Verdict = "create" if not old else "same" if entry == old else "change"
    for place, row in enumerate(rows):
        fault = next((t for path, t in faults.items() if path.startswith(f"services.{place}.")), None)
        service = str(row.values["service_type"])
        told = Text(f"{entry['name_ar']}: {service}", f"{entry.get('name_en') or entry['name_ar']}: {service}")
        plan.note(row.line, "refuse" if fault else verdict, code, fault or told)
    if not faults and verdict != "same":
        plan.entries[code] = entry


def _entry(rows: list[Understood], old: Entry) -> dict[str, Any]:
    """What is left empty everywhere stays as it stands; services are those of the rows."""
    own = {name: value for row in rows for name, value in row.values.items() if name not in SERVICE_FIELDS}
    entry = {"licence": "none", "emergency_24_7": False, "areas": [], **old, **own}
    services = [{**_DEFAULTS, **{n: row.values[n] for n in SERVICE_FIELDS if n in row.values}} for row in rows]
    return {**entry, "services": services}


def _alike(first: Understood, row: Understood) -> bool:
    """Whether two rows of a provider say nothing different of the provider itself."""
    return all(first.values.get(name, value) == value for name, value in row.values.items()
               if name not in SERVICE_FIELDS)
