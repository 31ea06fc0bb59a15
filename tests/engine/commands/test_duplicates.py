"""A case is closed as a duplicate of a case that the program finds, and says the same words for every other number."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import update

from engine.actor import CURRENT_USER, Actor
from engine.bpmn import visible
from engine.commands.work import complete_work
from engine.demo.cases import Play
from engine.errors import Invalid
from engine.masar import Masar
from engine.queries.accounts import actor_by_id
from engine.queries.same_person import NOT_FOUND, wrongly_named
from engine.store import cases
from engine.store.cases import CaseFile, case_file
from engine.store.units import unit
from engine.text import Text
from tests.web.browser.house import House

ROOT = Path(__file__).resolve().parents[3]
STORY = "89_duplicate_of_an_open_case"
CHILD, SISTER = ("سامي", "خليل", "العلي"), ("ليلى", "خليل", "العلي")


def files_of(masar: Masar) -> list[CaseFile]:
    with masar.db.read() as conn:
        ids = conn.scalars(case_file.select().with_only_columns(case_file.c.id).where(case_file.c.kind == "case")
                           .order_by(case_file.c.id)).all()
        return [found for id_ in ids if (found := cases.load_plain(conn, id_)) is not None]


def changed(masar: Masar, case_id: int, **values: Any) -> None:
    masar.db.run(lambda conn: conn.execute(update(case_file).where(case_file.c.id == case_id).values(**values)))


def proposing(play: Play) -> tuple[Actor, Callable[[str, str], str | None]]:
    """Who may propose that the second case closes, and their doing it; what is wrong with the number, if anything."""
    item = play.open_item("propose_closure")
    with play.masar.db.read() as conn:
        manager = actor_by_id(conn, item.assignee_id)
    assert manager is not None

    def propose(number: str, token: str) -> str | None:
        day = play.masar.clock().date().isoformat()
        typed = {
            "closure_reason": ["duplicate"], "closure_date": [day], "surviving_case_no": [number],
            "closure_checks": ["file_complete"], "person_opinion": ["لا رأي له في ملف مكرر."],
            "final_summary": ["فُتح هذا الملف من بلاغ ثانٍ عن الطفل نفسه، وله حالة مفتوحة تُدار فيها رعايته كلها."],
        }
        try:
            complete_work(play.masar, manager, str(item.id), typed, token)
        except Invalid as error:
            assert error.fields.keys() == {"surviving_case_no"}, error.fields
            return error.fields["surviving_case_no"].en
        return None

    return manager, propose


def wrong_the_other_way(masar: Masar, manager: Actor, first: CaseFile, own: CaseFile) -> dict[str, Text]:
    """What is wrong with closing the first case as a duplicate of the second: two cases must not close for each other,
    or nobody would be left."""
    with masar.db.read() as conn:
        case, form = cases.load(conn, masar.vault, first.id), masar.library.latest(conn).forms["closure"]
        assert case is not None
        known = {"case": visible(case.state, 0)["case"], CURRENT_USER: manager.login}
        return wrongly_named(masar, conn, form, case, known, {"surviving_case_no": own.number})


def test_only_another_open_case_of_the_same_person_that_one_may_know_of_is_taken(ministry: House) -> None:
    play = ministry.play(STORY, "propose_closure", 20, CHILD)
    masar = play.masar
    first, own = files_of(masar)
    other_child = ministry.play("89a_before_the_days_off", "carry_out_action", 20, SISTER)
    sister = next(file for file in files_of(masar) if file.id not in (first.id, own.id))
    manager, propose = proposing(play)
    assert wrong_the_other_way(masar, manager, first, own) == {}
    with masar.db.read() as conn:
        elsewhere = conn.execute(unit.select().where(unit.c.code == "south")).one()
    assert other_child.files
    for name, number in {
        "no such": "C-1999-000001", "no number": "لا أعرف", "itself": own.number, "another child": sister.number,
        "a report": "R-2026-000001",
    }.items():
        assert propose(number, name) == NOT_FOUND.en, name
    for name, values, before in (
        ("closed", {"status": "closed"}, {"status": first.status}),
        ("sealed", {"readers": ","}, {"readers": None}),
        ("of another unit", {"unit_id": elsewhere.id, "unit_path": elsewhere.path, "manager_id": None},
         {"unit_id": first.unit_id, "unit_path": first.unit_path, "manager_id": first.manager_id}),
    ):
        changed(masar, first.id, **values)
        assert propose(first.number, name) == NOT_FOUND.en, name
        changed(masar, first.id, **before)
    arabic = first.number.lower().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert propose(f" {arabic} ", "right") is None
    assert play.open_item("closure_review").case_id == own.id
    assert wrong_the_other_way(masar, manager, first, own) == {"surviving_case_no": NOT_FOUND}
