"""Calls of complaints and inspections: whom one concerns, a protection report out of it, a visit and its result."""

from collections.abc import Mapping
from typing import Any

from engine.actor import SYSTEM
from engine.calls.work import Work
from engine.commands.complaints import concerned_by, open_report_of
from engine.commands.inspections import note_inspection, open_inspection, stop_provider
from engine.masar import Masar


def do_find_concerned(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Whom a complaint concerns: to them it does not exist. `concerns` are their logins, `about` what D21 is asked."""
    named = work.variables.get("named")
    logins = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    found = concerned_by(masar, work.variables.get("case_number"), logins, str(work.variables.get("about") or ""))
    return {"concerns": list(found.logins), "about": found.about or None}


def do_open_report(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Opens a protection report past whoever the file concerns. Done twice, it opens one."""
    report, governorate = work.variables.get("report"), work.variables.get("governorate")
    told = dict(report) if isinstance(report, Mapping) else {}
    place = str(governorate) if governorate else None
    return {"report_number": open_report_of(masar, work.case_id, told, place, f"call {work.id}")}


def do_open_inspection(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Opens the inspection of a provider that somebody complained of; unannounced unless the diagram says otherwise."""
    code, announced = str(work.variables.get("provider") or ""), work.variables.get("announced") is True
    opened = open_inspection(masar, SYSTEM, code, "complaint", announced, f"call {work.id}", work.unit_path)
    return {"inspection_number": opened.number if opened else None}


def do_note_inspection(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Keeps the result of a visit, and the day of the next, beside the provider."""
    note_inspection(masar, work.case_id, work.variables)
    return {"noted": True}


def do_stop_provider(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Suspends a provider in the directory. `outcome`: stopped, or refused where whoever decided may not."""
    decided, visited = (work.headers.get(name, "") for name in ("decided_by", "visited_by"))
    return {"outcome": stop_provider(masar, work.case_id, str(work.variables.get("provider") or ""), decided, visited)}
