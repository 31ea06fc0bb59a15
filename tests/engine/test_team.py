"""The supervisor's board: right counts, bounded costs, nothing of other units; on both databases."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, update

from engine.access import may
from engine.actor import Actor
from engine.clock import StoppedClock
from engine.commands.absences import enter_absence
from engine.commands.accounts import deactivate_account
from engine.commands.duty import add_shift, withdraw_shift
from engine.commands.work import claim_work
from engine.definitions import Source
from engine.errors import Invalid, NotAllowed, NotFound
from engine.library import publish
from engine.masar import open_masar
from engine.queries.duty import rosters
from engine.queries.team import board, person_page, untaken_page
from engine.settings import Settings
from engine.store.units import unit
from engine.store.work_items import work_item, work_item_audience
from tests.engine.access_rows import CASE, CLAIMED_PLAN, PEOPLE
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import ROOT, House, furnish
from tests.engine.commands.test_reassigning import give_role, sister_centre
from tests.spent import quickest

VISITED = d.simple(
    "case",
    d.user("visit", groups="case_manager", form="note", due='=opened_at + duration("P2D")', name_en="Visit"),
    ids=("visit",),
)


@pytest.fixture
def house(settings: Settings, clock: StoppedClock) -> Iterator[House]:
    """A furnished house with the shipped lists."""
    with closing(open_masar(settings, clock)) as masar:
        furnish(masar, clock)
        made = House(masar, clock)
        lists = ROOT / "forms" / "lists"
        sources = [Source("list", name, (lists / f"{name}.yaml").read_bytes()) for name in ("roles", "caseload")]
        masar.db.run(lambda conn: publish(conn, sources, 0, "lists", clock()))
        made.publish(VISITED)
        yield made


def opened(house: House, number: int, **variables: object) -> list[int]:
    return [house.open("case", origin=f"o{n} {variables}", unit="centre", **variables).id for n in range(number)]


def test_who_needs_help_most_stands_first_with_their_counts_and_weighted_load(house: House) -> None:
    late = opened(house, 2, case_manager="karim", risk_level="high")
    opened(house, 1, case_manager="karim")
    opened(house, 3, case_manager="mona", risk_level="low")
    for case in late:
        claim_work(house.masar, house.person("karim"), house.key(case, "visit"))
    page = board(house.masar, house.person("samer"))
    assert [one.login for one in page.people] == ["karim", "mona", "samer", "huda"]
    karim = page.people[0]
    assert (karim.load.open, karim.load.soon, karim.load.overdue) == (2, 2, 0)
    assert (karim.load.cases, karim.load.points, karim.load.high) == (3, 8, 2)
    assert page.people[1].load.points == 3 and page.limits.cases == 25
    assert karim.roles[0].en == "Case manager"
    house.clock.advance(timedelta(days=2, minutes=1))
    assert board(house.masar, house.person("samer")).people[0].load.overdue == 2


def test_nine_cases_of_high_risk_are_more_than_one_person_carries(house: House) -> None:
    opened(house, 9, case_manager="mona", risk_level="immediate")
    [mona] = [one for one in board(house.masar, house.person("samer")).people if one.login == "mona"]
    assert mona.over and mona.load.high == 9 and mona.load.points == 36


def test_what_nobody_has_taken_is_listed_late_first_without_the_other_centres(house: House) -> None:
    first = opened(house, 1)[0]
    house.clock.advance(timedelta(days=1))
    second = house.open("case", origin="second", unit="centre").id
    sister_centre(house, "rami")
    give_role(house, "rami", "case_supervisor", 9)
    page = board(house.masar, house.person("samer"))
    assert [row.case.id for row in page.untaken.rows] == [str(first), str(second)]
    assert board(house.masar, house.person("rami")).untaken.rows == ()
    assert [one.login for one in board(house.masar, house.person("rami")).people] == ["rami"]
    with pytest.raises(NotAllowed):
        board(house.masar, house.person("mona"))
    with pytest.raises(NotFound):
        board(house.masar, house.person("rami"), "centre")
    with pytest.raises(NotFound):
        person_page(house.masar, house.person("rami"), house.person("mona").id)


def test_a_persons_work_comes_by_due_date_and_a_head_sees_no_name(house: House) -> None:
    for case in opened(house, 3, case_manager="mona", person={"full_name": "ليلى منصور"}):
        claim_work(house.masar, house.person("mona"), house.key(case, "visit"))
        house.clock.advance(timedelta(hours=1))
    mona = house.person("mona").id
    page = person_page(house.masar, house.person("samer"), mona)
    assert [row.due_at for row in page.work.rows] == sorted(row.due_at for row in page.work.rows if row.due_at)
    assert len(page.cases) == 3 and page.cases[0].person == "ليلى منصور"
    assert {one.login for one in page.receivers} == {"karim", "samer", "huda"}
    of_head = person_page(house.masar, house.person("huda"), mona)
    assert {row.case.person for row in of_head.work.rows} == {"مخفي"}


def test_the_board_shows_who_is_away_and_who_left_while_holding_cases(house: House) -> None:
    opened(house, 1, case_manager="mona")
    enter_absence(house.masar, house.person("samer"), house.person("mona").id, "2026-11-22", "2026-11-25", "karim")
    [mona] = [one for one in board(house.masar, house.person("samer")).people if one.login == "mona"]
    assert mona.away is not None and mona.away.now and mona.away.deputy.ar == "كريم"
    deactivate_account(house.masar, "mona")
    deactivate_account(house.masar, "karim")
    shown = {one.login: one.active for one in board(house.masar, house.person("samer")).people}
    assert shown["mona"] is False and "karim" not in shown


def test_the_board_costs_the_same_with_a_hundred_and_with_twenty_thousand_open_items(house: House) -> None:
    case = opened(house, 1, case_manager="mona")[0]
    samer = house.person("samer")
    crowd(house, case, 0, 100)
    few = cost(house, samer)
    crowd(house, case, 100, 20_000)
    many = cost(house, samer)
    assert many[0] == few[0] <= 9, many
    assert many[1] < few[1] * 3 + 0.05, (few, many)
    assert board(house.masar, samer).people[0].load.open == 100
    assert len(untaken_page(house.masar, samer).work.rows) == 100


def cost(house: House, samer: Actor) -> tuple[int, float]:
    """Statements, and the best seconds of five."""
    board(house.masar, samer)
    with house.masar.db.counted() as counted:
        board(house.masar, samer)
    return len(counted.statements), quickest(lambda: board(house.masar, samer))


def crowd(house: House, case: int, start: int, end: int) -> None:
    """Rows of open work: every second one with Mona, the rest with nobody."""
    row, mona = house.items(case)["visit"], house.person("mona").id
    items, seen = [], []
    for n in range(start, end):
        taken, id_ = n % 2 == 0, row.id + 1000 + n
        values = row._asdict() | {"id": id_, "assignee_id": mona if taken else None}
        values["sort_at"] = row.sort_at + timedelta(minutes=n)
        items.append(values)
        seen += [
            {"item_id": id_, "role": "case_manager", "unit_id": u, "claimed": taken, "sort_at": values["sort_at"]}
            for u in (1, 2)
        ]

    def work(conn: Connection) -> None:
        conn.execute(insert(work_item), items)
        conn.execute(insert(work_item_audience), seen)
        conn.exec_driver_sql("ANALYZE")

    house.masar.db.run(work)


def directorate(house: House) -> None:
    """The ministry of the house becomes a directorate, whose head Huda is; Samer and Karim do duty."""
    house.masar.db.run(lambda conn: conn.execute(update(unit).where(unit.c.id == 1).values(kind="directorate")))
    give_role(house, "samer", "duty_supervisor", 1)
    give_role(house, "karim", "duty_supervisor", 1)


def test_holes_in_the_roster_stand_on_the_board_until_two_are_on_call_at_every_minute(house: House) -> None:
    directorate(house)
    huda = house.person("huda")
    assert [hole.post for hole in board(house.masar, huda).holes] == ["first", "second"]
    first = add_shift(house.masar, huda, 1, "first", "samer", "2026-11-22T00:00", "2026-11-26T00:00")
    add_shift(house.masar, huda, 1, "second", "karim", "2026-11-22T00:00", "2026-11-23T08:00")
    [hole] = board(house.masar, huda).holes
    assert hole.post == "second" and hole.until_at == house.clock() + timedelta(hours=72)
    add_shift(house.masar, huda, 1, "second", "karim", "2026-11-23T08:00", "2026-11-26T00:00")
    assert board(house.masar, huda).holes == ()
    assert len(rosters(house.masar, huda)[0].shifts) == 3
    withdraw_shift(house.masar, huda, first)
    assert [hole.post for hole in board(house.masar, huda).holes] == ["first"]
    deactivate_account(house.masar, "karim")
    assert {hole.post for hole in board(house.masar, huda).holes} == {"first", "second"}


def test_a_shift_that_cannot_be_says_what_is_wrong(house: House) -> None:
    directorate(house)
    huda = house.person("huda")
    add_shift(house.masar, huda, 1, "first", "samer", "2026-11-22T00:00", "2026-11-26T00:00")
    for given, wrong in (
        (("second", "samer", "2026-11-23T00:00", "2026-11-24T00:00"), {"person"}),
        (("second", "mona", "2026-11-23T00:00", "2026-11-24T00:00"), {"person"}),
        (("third", "karim", "2026-11-24T00:00", "2026-11-23T00:00"), {"post"}),
        (("second", "karim", "2026-11-24T00:00", "2026-11-23T00:00"), {"until"}),
        (("second", "karim", "soon", ""), {"from", "until"}),
    ):
        with pytest.raises(Invalid) as told:
            add_shift(house.masar, huda, 1, *given)
        assert set(told.value.fields) == wrong
    with pytest.raises(NotFound):
        add_shift(house.masar, house.person("samer"), 1, "first", "samer", "2026-11-22T00:00", "2026-11-26T00:00")


def test_a_deputy_has_the_rights_of_the_absent_person_and_no_more() -> None:
    deputy = replace(PEOPLE["colleague"], stands_in_for=frozenset({1}))
    for action in ("see_case", "see_protected", "claim", "complete", "save_draft"):
        assert may(deputy, action, CLAIMED_PLAN), action
    assert not may(deputy, "release", CLAIMED_PLAN) and not may(deputy, "reassign_case", CASE)
    assert not may(deputy, "complete", replace(CLAIMED_PLAN, barred=frozenset({2})))
    stranger = replace(PEOPLE["supervisor_elsewhere"], stands_in_for=frozenset({1}))
    assert not may(stranger, "see_case", CASE) and not may(stranger, "complete", CLAIMED_PLAN)
