"""Running cases are moved on the pages of the studio: proposed, rehearsed, approved by another, paused; analysts see
numbers and nothing of any case."""

import io

import pytest
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.store import case_migrations
from engine.store.cases import case_file
from engine.store.metadata import Rows
from engine.worker import run_pass
from tests.web.served.analysts import CASE, SECOND, Studio, with_two_analysts
from tests.web.served.api import program, told
from tests.web.served.world import SECRET

ALL = "/studio/migrations"
PERSON = "ليلى"


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts and two running cases, after the step `plan` was drawn under another id."""
    studio = with_two_analysts(masar, clock, password_hash)
    revision = studio.draft(CASE, '"plan"', '"case_plan"')
    assert studio.publish(CASE, revision).status_code == 303
    return studio


def begun(studio: Studio) -> str:
    made = studio.post(ALL, {"old": "1"})
    assert made.status_code == 303, made.text
    return str(made.location)


def test_after_publishing_the_page_says_how_many_cases_stay_and_leads_to_a_plan(studio: Studio) -> None:
    assert "الحالات الجارية" in studio.get("/studio").text
    assert f'href="{ALL}"' in studio.get(f"{CASE}?done=published").text
    page = studio.get(ALL).text
    assert 'name="old" value="1"' in page
    assert PERSON not in page
    assert studio.post(ALL, {"old": "2"}).status_code == 404
    assert begun(studio) == f"{ALL}/1" == begun(studio)


def test_a_plan_goes_from_its_author_to_a_second_person_and_the_cases_go_on_under_it(studio: Studio) -> None:
    address = begun(studio)
    page = studio.get(address).text
    assert '<option value="case_plan" selected>' in page
    rehearsal = studio.get(f"{address}/rehearsal", SECOND).text
    assert "ستنتقل" in rehearsal
    assert PERSON not in page + rehearsal
    assert studio.post(f"{address}/proposal", {"revision": "1", "note": " "}).status_code == 422
    proposed = studio.post(f"{address}/proposal", {"revision": "1", "note": "لأن"})
    assert proposed.location == f"{address}?done=proposed"
    assert studio.post(f"{address}/approval").status_code == 403
    assert studio.post(f"{address}/refusal", {"reason": " "}, SECOND).status_code == 422
    assert studio.post(f"{address}/approval", who=SECOND).location == f"{address}?done=approved"
    assert studio.post(f"{address}/approval", who=SECOND).status_code == 409
    assert studio.post(f"{address}/pause").location == f"{address}?done=paused"
    assert studio.post(f"{address}/resumption").location == f"{address}?done=resumed"
    while run_pass(studio.world.masar).anything:
        pass
    assert "<progress" in studio.get(address).text and "انتهت" in studio.get(ALL).text
    sent = studio.world.ask("manager", "POST", "/work/{plan}", {"summary": "ما كُتب قبل النقل", "_token": "t"})
    assert sent.status_code == 303, sent.text
    assert "إصدار أحدث" in studio.world.ask("manager", "GET", "/cases/{case}").text


def test_what_is_chosen_on_the_page_is_kept_for_the_revision_that_was_seen(studio: Studio) -> None:
    address = begun(studio)
    page = studio.get(address).text
    number = page.partition('<option value="case_plan" selected>')[0].rpartition('name="to.')[2].partition('"')[0]
    field = f"to.{number}"
    for value in ("", "-", "case_plan"):
        revision = studio.get(address).text.partition('name="revision" value="')[2].partition('"')[0]
        saved = studio.post(f"{address}/plan", {"revision": revision, field: value, f"again.{number}": "1"})
        assert saved.location == f"{address}?done=saved", saved.text
    assert "to: case_plan, recompute: true" in studio.get(f"{address}/plan.yaml").text
    assert studio.post(f"{address}/plan", {"revision": "1", field: ""}).status_code == 409
    odd = {"revision": "4", field: "no such step", "to.999999": "x", "to.x": "y", "other": "z"}
    assert studio.post(f"{address}/plan", odd).status_code == 303
    assert "to: case_plan, recompute: true" in studio.get(f"{address}/plan.yaml").text


def test_a_plan_is_changed_as_a_file(studio: Studio) -> None:
    address = begun(studio)
    file = studio.get(f"{address}/plan.yaml")
    assert file.headers["Content-Disposition"].startswith("attachment")

    def send(content: bytes, revision: int) -> int:
        fields = {"_csrf": SECRET, "revision": str(revision), "file": (io.BytesIO(content), "plan.yaml")}
        return studio.client().post(f"{address}/file", data=fields).status_code

    assert send(file.data.replace(b"plan: case_plan", b"plan: {drop: true}"), 1) == 303
    assert "{drop: true}" in studio.get(f"{address}/plan.yaml").text
    assert send(b"masar_migration: 1", 2) == 422
    assert send(file.data.replace(b"sha256: ", b"sha256: 0"), 2) == 422
    assert send(b"", 2) == 422
    assert studio.post(f"{address}/withdrawal").location == f"{address}?done=withdrawn"
    assert studio.post(f"{address}/plan", {"revision": "2"}).status_code == 409


def test_plans_of_several_older_versions_are_proposed_and_approved_together(studio: Studio) -> None:
    masar = studio.world.masar
    masar.db.run(lambda conn: conn.execute(update(case_file).where(case_file.c.id == int(
        studio.world.things["report"])).values(bundle_id=2)))  # a case that began with the second version
    revision = studio.draft(CASE, '"case_plan"', '"the_plan"')
    assert studio.publish(CASE, revision).status_code == 303
    assert "/studio/migrations/all" in studio.get(ALL).text
    assert studio.post(f"{ALL}/all").status_code == 303
    page = studio.get(ALL).text
    assert 'value="1/1"' in page and 'value="2/1"' in page
    assert studio.post(f"{ALL}/proposal", {"plan": ["1/1", "2/1"], "note": " "}).status_code == 422
    assert studio.post(f"{ALL}/proposal", {"plan": ["1/1", "2/9"], "note": "لأن"}).status_code == 409
    assert "waiting" not in {row.state for row in rows(studio)}  # all or none
    assert studio.post(f"{ALL}/proposal", {"plan": ["1/1", "2/1"], "note": "لأن"}).status_code == 303
    assert "/studio/migrations/approval" not in studio.get(ALL).text  # one's own
    assert studio.post(f"{ALL}/approval", {"plan": ["1/1", "2/1"]}).status_code == 403
    assert "/studio/migrations/approval" in studio.get(ALL, SECOND).text
    assert studio.post(f"{ALL}/approval", {"plan": []}, SECOND).status_code == 422
    assert studio.post(f"{ALL}/approval", {"plan": ["1/1", "2/1"]}, SECOND).status_code == 303
    while run_pass(masar).anything:
        pass
    assert {row.state for row in rows(studio)} == {"done"}


def rows(studio: Studio) -> Rows:
    """All migrations."""
    with studio.world.masar.db.read() as conn:
        return case_migrations.newest(conn)


def test_a_program_plans_and_another_account_approves_and_the_progress_is_told(studio: Studio) -> None:
    dima, wael = program(studio.world, "analyst"), program(studio.world, SECOND)
    old = dima.read("/migrations")["old"]
    assert [(one["bundle_id"], one["migration_id"]) for one in old] == [("1", None)]
    assert told(dima.post("/migrations", {"bundle_id": "1"})) == {"ids": ["1"]} == told(dima.post("/migrations", {}))
    read = dima.read("/migrations/1")
    assert read["migration"]["state"] == "draft" and "plan: case_plan" in read["plan"]
    assert dima.read("/migrations/1/rehearsal")["moves"] > 0
    wrong = read["plan"].replace("plan: case_plan", "plan: nowhere")
    assert dima.post("/migrations/1/plan", {"revision": 1, "plan": wrong}).status_code == 200
    refused = dima.post("/migrations/propose", {"plans": [{"id": "1", "revision": 2}], "note": "because"})
    assert refused.status_code == 422 and told(refused)["findings"][0]["rule"] == "target-gone"
    assert dima.post("/migrations/1/plan", {"revision": 1, "plan": wrong}).status_code == 409
    assert dima.post("/migrations/1/plan", {"revision": 2, "plan": read["plan"]}).status_code == 200
    asked = {"plans": [{"id": "1", "revision": 3}], "note": "because"}
    assert dima.post("/migrations/propose", asked).status_code == 204
    assert not dima.read("/migrations/1")["may_approve"] and wael.read("/migrations/1")["may_approve"]
    assert dima.post("/migrations/approve", {"ids": ["1"]}).status_code == 403
    assert program(studio.world, SECOND, "read").post("/migrations/approve", {"ids": ["1"]}).status_code == 403
    assert wael.post("/migrations/approve", {"ids": ["1"]}).status_code == 204
    assert dima.post("/migrations/1/pause").status_code == dima.post("/migrations/1/resume").status_code == 204
    while run_pass(studio.world.masar).anything:
        pass
    done = dima.read("/migrations/1")["migration"]
    assert (done["state"], done["moved"] + done["stayed"]) == ("done", done["total"])
