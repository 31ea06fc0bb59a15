"""Judging the rows of units: the tree stays a tree, and no unit moves, since the cases of it would move along."""

import re
from collections.abc import Iterable

from engine.staff.judged import Plan
from engine.staff.lines import Line
from engine.staff.naming import wrong_name
from engine.staff.present import Present, UnitState
from engine.staff.words import UNIT_KINDS, index_of, plain
from engine.text import Text

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_COUNTRY = re.compile(r"[A-Z]{2}|")
_KINDS = index_of(UNIT_KINDS)
_LONGEST_PATH = 12  # levels: the column of the path holds 255 signs


def judge_units(plan: Plan, lines: Iterable[Line], present: Present) -> dict[str, UnitState]:
    """Judges every row into the plan; returns all units as they would be then."""
    asked: dict[str, tuple[Line, UnitState]] = {}
    for line in lines:
        code = line["code"].lower()
        why = _wrong_by_itself(line, code) or (_TWICE if code in asked else None)
        if why:
            plan.note(line, "refuse", code or line["code"], why.ar, why.en)
            continue
        asked[code] = (line, _wanted(line, code, present.units.get(code)))
    will_be = dict(present.units)
    left = dict(asked)
    while placed := [code for code, (_, unit) in left.items() if not unit.parent or unit.parent in will_be]:
        for code in placed:
            line, unit = left.pop(code)
            _judge(plan, line, unit, present.units.get(code), will_be)
    for code, (line, unit) in left.items():
        plan.note(line, "refuse", code, f"لا توجد وحدة أعلى بالرمز «{unit.parent}»، أو أن الوحدات تدور على نفسها.",
                  f"There is no unit “{unit.parent}” above it, or the units go round in a circle.")  # fmt: skip
    return will_be


_MOVED = Text(
    "الوحدة موجودة بنوع آخر أو تحت وحدة أخرى، ولا تُنقل من ملف: تنتقل معها حالاتها.",
    "The unit is there with another kind or under another unit; no file moves it: its cases would move along.",
)
_TWICE = Text("هذا الرمز مكرر في الملف.", "This code stands in the file twice.")


def _wrong_by_itself(line: Line, code: str) -> Text | None:
    if not _CODE.fullmatch(code):
        return Text("رمز الوحدة حروف لاتينية صغيرة وأرقام وشرطات، حتى ٦٣.",
                    "A unit code is small Latin letters, digits and dashes, at most 63.")  # fmt: skip
    if plain(line["kind"]) not in _KINDS:
        return Text(f"نوع الوحدة «{line['kind']}» غير معروف؛ الأنواع: {'، '.join(t.ar for t in UNIT_KINDS.values())}",
                    f"Kind “{line['kind']}” is unknown; kinds: {', '.join(UNIT_KINDS)}")  # fmt: skip
    if not _COUNTRY.fullmatch(line["country"].upper()):
        return Text("رمز البلد حرفان، مثل SY.", "A country code has two letters, such as SY.")
    root = _KINDS[plain(line["kind"])] == "ministry"
    if root == bool(line["parent"]):
        return Text("للوزارة وحدها لا توجد وحدة أعلى، ولكل وحدة غيرها وحدة أعلى.",
                    "A ministry has no unit above it; every other unit has one.")  # fmt: skip
    return wrong_name(line)


def _wanted(line: Line, code: str, old: UnitState | None) -> UnitState:
    """The unit that a row describes. A cell that is left empty leaves what is there."""
    name = Text(line["name_ar"], line["name_en"] or (old.name.en if old else ""))
    country = line["country"].upper() or (old.country if old else "")
    return UnitState(code, line["parent"].lower(), _KINDS[plain(line["kind"])], name, country)


def _judge(plan: Plan, line: Line, unit: UnitState, old: UnitState | None, will_be: dict[str, UnitState]) -> None:
    if old is not None and (old.parent, old.kind) != (unit.parent, unit.kind):
        plan.note(line, "refuse", unit.code, *_MOVED)
        return
    if _depth(unit, will_be) > _LONGEST_PATH:
        plan.note(line, "refuse", unit.code, "مستويات الوحدات كثيرة جداً.", "The units have too many levels.")
        return
    will_be[unit.code] = unit
    if old is None:
        plan.new_units.append(unit)
        plan.note(line, "create", unit.code, f"وحدة جديدة: {unit.name.ar}", f"A new unit: {unit.name.in_('en')}")
    elif old == unit:
        plan.note(line, "same", unit.code, unit.name.ar, unit.name.in_("en"))
    else:
        plan.changed_units.append(unit)
        plan.note(line, "change", unit.code, f"الاسم أو البلد: {old.name.ar} ← {unit.name.ar}",
                  f"Name or country: {old.name.in_('en')} → {unit.name.in_('en')}")  # fmt: skip


def _depth(unit: UnitState, units: dict[str, UnitState]) -> int:
    depth, above = 1, unit.parent
    while above and depth <= _LONGEST_PATH + 1:
        depth, above = depth + 1, units[above].parent
    return depth
