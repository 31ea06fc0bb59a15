"""Complaints: anybody may make one, with or without an account, and staff type in what came by telephone or letter.
It goes past whoever it is about, and past their line: to them it does not exist (D17, D21)."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.access import DIRECTORS, HEADS, may
from engine.actor import PUBLIC, SYSTEM, Actor
from engine.commands.answers import Sent, read_answers
from engine.commands.opening import Opening, open_file
from engine.commands.receiving import Place, receiving_unit, screened_units, unit_for_the_public
from engine.commands.reports import REPORT_FORM, REPORTING, WEB, Receipt, origin_of, tracking_code
from engine.commands.submits import mark_of
from engine.commands.throttling import admit
from engine.errors import NotAllowed, NotFound
from engine.forms import Lists
from engine.forms.cleaning import number_typed
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store import cases
from engine.store.accounts import account, membership
from engine.store.cases import CaseFile
from engine.store.units import ancestors, unit
from engine.store.work_items import split

COMPLAINT, COMPLAINT_FORM = "complaint", "complaint"
MOST_COMPLAINTS = 20
LINE = frozenset({"case_supervisor", "centre_head"})
"""Who stands directly over a worker: they do not see a complaint about somebody of theirs."""
OF_A_DIRECTORATE = ("directorate", "ministry")
_SHORTEST_TOKEN = 16


@dataclass(frozen=True)
class Concerned:
    """Whom a complaint concerns: the logins to whom it does not exist, and what D21 is asked for, raised where somebody
    of a higher post is named."""

    logins: tuple[str, ...]
    about: str


def submit_complaint(masar: Masar, actor: Actor, raw: Sent, token: str) -> Receipt:
    """Takes a complaint in and starts its process; the same submit twice gives the same receipt. Raises Invalid
    (fields), NotAllowed."""
    if not may(actor, "submit_complaint"):
        raise NotAllowed
    code, now = tracking_code(masar, mark_of(masar.vault, actor, COMPLAINT, token, raw).hex()), masar.clock()
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        form = definitions.form(COMPLAINT_FORM)
        answers = read_answers(definitions, form, raw, complaint_context(actor), definitions.lists, now)
        if actor == PUBLIC:
            answers = {"channel": WEB, **answers}
        place = _place_of(conn, masar, actor, definitions.lists, answers)
    opening = Opening(
        "complaint", COMPLAINT, place.id, place.path, {COMPLAINT: answers, "unit": place.code}, "complaint_number",
        "complaint_received", origin_of(masar, code), reporter=None if actor == PUBLIC else actor.id,
        particulars={"form": COMPLAINT_FORM, "form_sha256": form.sha256},
    )
    opened = open_file(masar, actor, opening)
    return Receipt(str(opened.id), opened.number, code)


def submit_public_complaint(masar: Masar, raw: Mapping[str, list[str]], token: str, address: str) -> Receipt:
    """The same of somebody unknown. `address` is only for the brake and is not kept. Raises Throttled, Invalid."""
    admit(masar, "complain", address, MOST_COMPLAINTS)
    token = token[:100] if len(token) >= _SHORTEST_TOKEN else secrets.token_urlsafe(16)
    return submit_complaint(masar, PUBLIC, raw, token)


def complaint_context(actor: Actor) -> dict[str, Any]:
    """What the form may know of who fills it: the public are not asked how the complaint came."""
    return {"public": actor == PUBLIC}


def concerned_by(masar: Masar, case_number: object, named: Iterable[str], about: str) -> Concerned:
    """Whom a complaint concerns: who is named, the manager of the case that it names, and who stands over them."""
    with masar.db.read() as conn:
        case = _case_named(conn, case_number)
        people = [found for login in named if (found := actor_named(conn, login)) is not None]
        manager = case.manager_id if case is not None else None
        paths = {m.unit_path for one in people for m in one.memberships} | ({case.unit_path} if case else set())
        logins = {one.login for one in people} | _logins_of(conn, [manager] if manager else [])
        logins |= _line_over(conn, paths)
    posts = frozenset[str]().union(*(one.roles for one in people))
    raised = "director" if posts & DIRECTORS else "dept_head" if posts & HEADS else about
    return Concerned(tuple(sorted(logins)), about if about == "director" else raised)


def open_report_of(
    masar: Masar, case_id: int, told: Mapping[str, Any], governorate: str | None, token: str
) -> str:
    """Opens a protection report out of a complaint or an inspection: at the directorate, past whoever it concerns. It
    does not tell where it came from. `token` names the asking, so that asking again opens one."""
    with masar.db.read() as conn:
        source = cases.load_plain(conn, case_id)
        if source is None:
            raise NotFound
        place = _past_whom_it_concerns(conn, source)
        if source.kind == "inspection":
            lists = masar.library.latest(conn).lists
            place = unit_for_the_public(conn, lists, {"governorate": governorate}, masar.settings.receiving_unit)
    opening = Opening(
        "report", REPORTING, place.id, place.path,
        {REPORT_FORM: dict(told), "unit": place.code, "from_complaint": True}, "report_number", "report_received",
        token, about=source.about,
    )
    return open_file(masar, SYSTEM, opening).number


def _place_of(conn: Connection, masar: Masar, actor: Actor, lists: Lists, answers: Mapping[str, Any]) -> Place:
    """The unit of the case that is named, else of the governorate, else of whoever typed it in."""
    case = _case_named(conn, answers.get("case_no"))
    if case is not None:
        code = conn.scalar(select(unit.c.code).where(unit.c.id == case.unit_id))
        return Place(case.unit_id, case.unit_path, str(code))
    if actor != PUBLIC and not answers.get("governorate"):
        with suppress(NotAllowed):
            return _where_a_head_is(conn, receiving_unit(conn, actor))
    return _where_a_head_is(conn, unit_for_the_public(conn, lists, answers, masar.settings.receiving_unit))


def _where_a_head_is(conn: Connection, place: Place) -> Place:
    """The same place, or the first department below it where nobody at it or above heads one: D21 asks its head."""
    rows = conn.execute(
        select(unit.c.id, unit.c.path, unit.c.code).join(membership, membership.c.unit_id == unit.c.id)
        .join(account, account.c.id == membership.c.account_id)
        .where(account.c.active, membership.c.role.in_(sorted(HEADS))).distinct().order_by(unit.c.path)
    ).all()
    if any(place.path.startswith(row.path) for row in rows):
        return place
    below = (Place(row.id, row.path, row.code) for row in rows if row.path.startswith(place.path))
    return next(below, place)


def _case_named(conn: Connection, number: object) -> CaseFile | None:
    case_id = cases.by_number(conn, number_typed(number)) if number else None
    case = cases.load_plain(conn, case_id) if case_id is not None else None
    return case if case is not None and case.kind == "case" else None


def _line_over(conn: Connection, paths: Collection[str]) -> set[str]:
    """The logins of who stands over some units."""
    places = {place for path in paths for place in ancestors(path)}
    return set(conn.scalars(
        select(account.c.login).join(membership, membership.c.account_id == account.c.id)
        .where(membership.c.unit_id.in_(sorted(places)), membership.c.role.in_(sorted(LINE)))
    ))


def _logins_of(conn: Connection, ids: Collection[int]) -> set[str]:
    return set(conn.scalars(select(account.c.login).where(account.c.id.in_(ids))))


def _past_whom_it_concerns(conn: Connection, source: CaseFile) -> Place:
    """Where a report out of a file is screened, past its line: the nearest directorate above, else the ministry, else
    another directorate, and none that somebody concerned leads. Where there is none, the directorate, whose concerned
    people are kept from it all the same: better there than in a drawer."""
    concerned = [int(one) for one in split(source.about or "")]
    led = set(conn.scalars(
        select(unit.c.path).join(membership, membership.c.unit_id == unit.c.id)
        .where(membership.c.account_id.in_(concerned), membership.c.role.in_(sorted(HEADS | DIRECTORS)))
    ))
    rows = conn.execute(
        select(unit).where(unit.c.id.in_(ancestors(source.unit_path))).order_by(unit.c.path.desc())
    ).all()
    above = [Place(row.id, row.path, row.code) for row in rows if row.kind in OF_A_DIRECTORATE]
    screened = sorted(screened_units(conn, concerned).values(), key=lambda place: place.path)
    covered = [place for place in above if any(place.path.startswith(one.path) for one in screened)]
    for place in (*covered, *screened):
        if not any(place.path.startswith(path) for path in led):
            return place
    return (covered or above or [Place(row.id, row.path, row.code) for row in rows[-1:]])[0]
