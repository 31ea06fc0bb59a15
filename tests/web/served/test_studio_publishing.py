"""Publishing in the studio over HTTP: releases, running cases that stay, rolling back, a second person, the record."""

import pytest
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.commands.opening import Opening, open_file
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store import studio_log
from tests.web.served.analysts import CASE, NOTE, SECOND, Studio, id_of, with_two_analysts
from tests.web.served.conftest import UNITS

MARKING = "/studio/list/second_person"


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts."""
    return with_two_analysts(masar, clock, password_hash)


def test_a_running_case_goes_on_with_the_diagram_that_it_began_with(studio: Studio, clock: StoppedClock) -> None:
    world, address = studio.world, "/cases/{case}/diagrams/case.bpmn"
    before = world.ask("manager", "GET", address).data
    revision = studio.draft(CASE, "خطة الحالة", "خطة جديدة")
    assert studio.publish(CASE, revision).location == f"{CASE}?done=published"
    assert world.ask("manager", "GET", address).data == before
    assert world.ask("manager", "POST", "/work/{plan}", {"summary": "ما كُتب", "_token": "t"}).status_code == 303
    with world.masar.db.read() as conn:
        director = actor_named(conn, "director")
    assert director
    number, _, path = UNITS["centre"]
    variables = {"unit": "centre", "case_manager": "manager", "person": {"full_name": "سعاد"}}
    opening = Opening("case", "case", number, path, variables, "case_number", "case_opened", "after")
    opened = open_file(world.masar, director, opening)
    new = world.ask("manager", "GET", f"/cases/{opened.id}/diagrams/case.bpmn").data
    assert "خطة جديدة".encode() in new
    page = studio.get(CASE).text
    assert "الإصدار 2" in page and "لأن" in page
    assert [row[0] for row in studio.versions("process", "case")] == [1, 2]


def test_rolling_back_publishes_the_old_file_as_a_new_version(studio: Studio) -> None:
    old = studio.get(f"{CASE}/draft").data
    studio.publish(CASE, studio.draft(CASE, "خطة الحالة", "خطة جديدة"))
    back = studio.post(f"{CASE}/versions/1/restore", {"revision": "2"})
    assert back.location == f"{CASE}?done=restored"
    assert studio.publish(CASE, 3).location == f"{CASE}?done=published"
    assert studio.get(f"{CASE}/versions/3/file").data == old
    assert len(studio.versions("process", "case")) == 3


def test_a_new_form_and_the_process_that_asks_for_it_are_published_together(studio: Studio) -> None:
    new = {"noun": "form", "key": "visit", "name_ar": "زيارة", "name_en": "Visit"}
    assert studio.post("/studio/new", new).location == "/studio/form/visit/edit"
    revision = studio.draft(CASE, 'formId="note"', 'formId="visit"')
    assert "not-xml" not in studio.get(f"{CASE}/edit").text
    alone = studio.publish(CASE, revision)
    assert alone.status_code == 422
    assert "visit" in alone.text
    together = studio.publish(CASE, revision, **{"with": "form/visit/1"})
    assert together.location == f"{CASE}?done=published"
    assert len(studio.versions("form", "visit")) == 1
    assert studio.post("/studio/new", new).status_code == 422  # the key is taken


def test_a_draft_saved_since_is_not_published_unseen(studio: Studio) -> None:
    revision = studio.draft(CASE, "خطة الحالة", "خطة جديدة")
    studio.draft(CASE, "خطة جديدة", "خطة أخرى", SECOND)
    assert studio.publish(CASE, revision).status_code == 409
    assert studio.publish(CASE, revision + 1, note=" ").status_code == 422


def test_no_file_takes_the_name_of_another(studio: Studio) -> None:
    new = {"noun": "process", "key": "visit", "name_ar": "زيارة"}
    studio.post("/studio/new", new)
    revision = studio.draft("/studio/process/visit", 'process id="visit"', 'process id="case"')
    assert "name-elsewhere" in studio.publish("/studio/process/visit", revision).text
    assert not studio.versions("process", "visit")


def mark(studio: Studio) -> None:
    """Marks the form `note`, which takes two people by itself."""
    new = {"noun": "list", "key": "second_person", "name_ar": "شخص ثان"}
    assert studio.post("/studio/new", new).status_code == 303
    revision = studio.draft(MARKING, "'first'", "'form note'")
    proposed = studio.publish(MARKING, revision)
    assert proposed.location == "/studio/proposals/1?done=proposed"
    assert studio.post("/studio/proposals/1/approval", who=SECOND).status_code == 303


def test_what_is_marked_comes_into_force_by_a_second_person_only(studio: Studio) -> None:
    mark(studio)
    first, second = id_of(studio, "analyst"), id_of(studio, SECOND)
    assert studio.versions("list", "second_person") == [(1, first, second, "لأن")]
    proposed = studio.publish(NOTE, studio.draft(NOTE, "الخلاصة", "خلاصة القول"))
    assert proposed.location == "/studio/proposals/2?done=proposed"
    assert len(studio.versions("form", "note")) == 1
    for act in ("approval", "refusal"):
        assert studio.post(f"/studio/proposals/2/{act}", {"reason": "لا"}).status_code == 403
    page = studio.get("/studio/proposals/2", SECOND).text
    assert "<del" in page and "خلاصة القول" in page
    assert studio.post("/studio/proposals/2/refusal", {"reason": " "}, SECOND).status_code == 422
    assert studio.post("/studio/proposals/2/refusal", {"reason": "غامض"}, SECOND).status_code == 303
    assert studio.post("/studio/proposals/2/approval", who=SECOND).status_code == 409
    assert "غامض" in studio.get("/studio/proposals/2").text
    again = studio.publish(NOTE, 1)
    assert again.location == "/studio/proposals/3?done=proposed"
    assert studio.post("/studio/proposals/3/approval", who=SECOND).status_code == 303
    assert studio.versions("form", "note")[1] == (2, first, second, "لأن")


def test_who_wrote_on_a_draft_does_not_approve_it_whoever_proposed(studio: Studio) -> None:
    mark(studio)
    studio.draft(NOTE, "الخلاصة", "خلاصة القول", SECOND)
    proposed = studio.publish(NOTE, studio.draft(NOTE, "خلاصة القول", "القول"))
    assert proposed.location == "/studio/proposals/2?done=proposed"
    assert studio.post("/studio/proposals/2/approval", who=SECOND).status_code == 403
    assert studio.post("/studio/proposals/2/withdrawal", who=SECOND).status_code == 403
    assert studio.post("/studio/proposals/2/withdrawal").status_code == 303


def test_a_draft_cannot_take_itself_off_the_list(studio: Studio) -> None:
    mark(studio)
    revision = studio.draft(MARKING, "'form note'", "'form nothing'")
    changed = studio.draft(NOTE, "الخلاصة", "خلاصة القول")
    together = studio.publish(NOTE, changed, **{"with": f"list/second_person/{revision}"})
    assert together.location == "/studio/proposals/2?done=proposed"
    without = studio.draft(CASE, 'formId="note"', 'formId="second"')
    assert without
    page = studio.get(f"{CASE}/publish").text
    assert "يوافق عليه محلل آخر" in page  # leaving the marked form out is a change of it


def test_the_record_of_the_studio_is_a_chain_that_shows_tampering(studio: Studio) -> None:
    mark(studio)
    db, vault = studio.world.masar.db, studio.world.masar.vault
    with db.read() as conn:
        acts = [row.act for row in reversed(studio_log.of_definition(conn, "list", "second_person"))]
        assert studio_log.verify(conn, vault) == []
    assert acts == ["begun", "proposed", "approved", "published"]
    log = studio_log.studio_log
    db.run(lambda conn: conn.execute(update(log).where(log.c.seq == 2).values(actor_id=0)))
    with db.read() as conn:
        assert studio_log.verify(conn, vault)
