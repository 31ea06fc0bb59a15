"""Judging the rows of people: a row is one role of a person in one unit; a person may have several rows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.access import EXTERNAL
from engine.commands.accounts import LOGIN
from engine.staff.judged import Plan
from engine.staff.lines import Line
from engine.staff.naming import wrong_name
from engine.staff.present import PersonState, Present, UnitState
from engine.staff.words import LANGUAGES, TRUTH, index_of, plain
from engine.text import Text

_LANGUAGES, _TRUTH = index_of(LANGUAGES), index_of(TRUTH)
_OPENED = Text("يعود الحساب إلى العمل برمز جديد", "the account works again, with a new code")
_CLOSED = Text("يُوقف الحساب وتنتهي جلساته", "the account is closed and its sessions end")
_KIND_OF_EXTERNAL = {"provider_user": "provider", "partner_user": "partner"}


def judge_people(
    plan: Plan, lines: Iterable[Line], present: Present, units: Mapping[str, UnitState], roles: Mapping[str, Text]
) -> None:
    """Judges every row into the plan. `units` are those that will be there, `roles` the names of all roles."""
    index = index_of(roles)
    asked: dict[str, PersonState] = {}
    for line in lines:
        login = line["login"].lower()
        if login in asked and not line["name_ar"]:  # once is enough
            line = replace(line, cells={**line.cells, "name_ar": asked[login].name.ar})
        why = _wrong_by_itself(line, login, index) or _wrong_role(line, index, units)
        if not why and login in asked and _person(line, login, asked[login]) != replace(asked[login], held=frozenset()):
            why = Text("الاسم أو اللغة أو «يعمل الآن» غير ما في سطر سابق للشخص نفسه.",
                       "Name, language or “works here” differ from an earlier row of the same person.")  # fmt: skip
        if why:
            plan.note(line, "refuse", login, why.ar, why.en)
            continue
        before = asked.get(login)
        old = present.people.get(login)
        person = before or _person(line, login, old)
        pair = (index[plain(line["role"])], line["unit"].lower()) if line["role"] else None
        person = replace(person, held=person.held | ({pair} if pair else frozenset()))
        asked[login] = person
        _tell(plan, line, person, old, pair, roles)
    for person in asked.values():
        _settle(plan, person, present.people.get(person.login))


def _settle(plan: Plan, person: PersonState, old: PersonState | None) -> None:
    if old is None:
        plan.new_people.append(person)
        return
    # Roles are added, never taken: a list of one office must not strip who also works in another.
    wanted = replace(person, held=person.held | old.held)
    if wanted != old:
        plan.changed_people.append(wanted)


def _tell(
    plan: Plan, line: Line, person: PersonState, old: PersonState | None, pair: tuple[str, str] | None,
    roles: Mapping[str, Text],
) -> None:
    at = Text("دون دور", "no role")
    if pair:
        role = roles[pair[0]]
        at = Text(f"{role.ar} في {pair[1]}", f"{role.in_('en')} in {pair[1]}")
    if old is None:
        plan.note(line, "create", person.login, f"{person.name.ar}: {at.ar}", f"{person.name.in_('en')}: {at.en}")
        return
    changed = [Text(f"دور جديد: {at.ar}", f"new role: {at.en}")] if pair and pair not in old.held else []
    if person.name != old.name:
        changed.append(Text(f"الاسم: {old.name.ar} ← {person.name.ar}",
                            f"name: {old.name.in_('en')} → {person.name.in_('en')}"))  # fmt: skip
    if person.language != old.language:
        changed.append(Text("لغة الواجهة", "language"))
    if person.active != old.active:
        changed.append(_OPENED if person.active else _CLOSED)
    if changed:
        plan.note(line, "change", person.login, "؛ ".join(c.ar for c in changed), "; ".join(c.en for c in changed))
    else:
        plan.note(line, "same", person.login, f"{person.name.ar}: {at.ar}", f"{person.name.in_('en')}: {at.en}")


def _person(line: Line, login: str, old: PersonState | None) -> PersonState:
    """The person that a row describes, without roles. A cell that is left empty leaves what is there."""
    name = Text(line["name_ar"], line["name_en"] or (old.name.en if old else ""))
    language = _LANGUAGES[plain(line["language"])] if line["language"] else (old.language if old else "ar")
    active = _TRUTH[plain(line["active"])] == "yes" if line["active"] else (old.active if old else True)
    return PersonState(login, name, language, active)


def _wrong_by_itself(line: Line, login: str, roles: Mapping[str, str]) -> Text | None:
    if not LOGIN.fullmatch(login):
        return Text("اسم الدخول من ٣ إلى ٦٤ حرفاً لاتينياً صغيراً أو رقماً أو نقطة أو شرطة.",
                    "A user name has 3 to 64 characters: small Latin letters, digits, dots and dashes.")  # fmt: skip
    if line["language"] and plain(line["language"]) not in _LANGUAGES:
        return Text("لغة الواجهة: العربية أو الإنجليزية.", "The language is Arabic or English.")
    if line["active"] and plain(line["active"]) not in _TRUTH:
        return Text("«يعمل الآن»: نعم أو لا.", "“Works here” is yes or no.")
    if bool(line["role"]) != bool(line["unit"]):
        return Text("لكل دور وحدة، ولكل وحدة دور.", "A role needs its unit, and a unit its role.")
    if line["role"] and plain(line["role"]) not in roles:
        return Text(f"الدور «{line['role']}» غير معروف؛ انظر ورقة الأدوار في القالب.",
                    f"Role “{line['role']}” is unknown; see the sheet of roles in the template.")  # fmt: skip
    return wrong_name(line)


def _wrong_role(line: Line, roles: Mapping[str, str], units: Mapping[str, UnitState]) -> Text | None:
    if not line["role"]:
        return None
    role, unit = roles[plain(line["role"])], units.get(line["unit"].lower())
    if unit is None:
        return Text(f"لا توجد وحدة بالرمز «{line['unit']}»، ولا في الملف.",
                    f"There is no unit “{line['unit']}”, nor in the file.")  # fmt: skip
    outside = unit.kind in _KIND_OF_EXTERNAL.values()
    if (role in EXTERNAL and _KIND_OF_EXTERNAL[role] != unit.kind) or (outside and role not in EXTERNAL):
        return Text("دور الجهات الخارجية في وحدة من نوعها وحدها، ولا دور لموظفي الوزارة فيها.",
                    "Roles of other agencies belong in units of their kind, roles of the house elsewhere.")  # fmt: skip
    return None
