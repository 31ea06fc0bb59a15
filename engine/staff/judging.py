"""Judging a whole spreadsheet against what is there. Pure: the same rows over the same database come to the same."""

from collections.abc import Mapping

from engine.staff.judged import Plan
from engine.staff.lines import Staffing
from engine.staff.people import judge_people
from engine.staff.present import Present
from engine.staff.units import judge_units
from engine.text import Text


def judge(staffing: Staffing, present: Present, roles: Mapping[str, Text]) -> Plan:
    """What each row does, and what would be written; `roles` are the names of all roles, by their key."""
    plan = Plan()
    units = judge_units(plan, staffing.units, present)
    judge_people(plan, staffing.people, present, units, roles)
    order = {(line.sheet, line.row): place for place, line in enumerate((*staffing.units, *staffing.people))}
    plan.judged.sort(key=lambda one: order[one.sheet, one.row])
    return plan
