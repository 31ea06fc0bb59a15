"""The studio over HTTP: drafts that nobody loses, findings, publishing, a second person, running cases that stay."""

import io
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select, update
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.commands.accounts import insert_account
from engine.commands.opening import Opening, open_file
from engine.masar import Masar
from engine.queries.accounts import actor_named, hash_of
from engine.store import studio_log
from engine.store.accounts import membership, session
from engine.store.definitions import definition
from engine.text import Text
from tests.web.served.conftest import UNITS
from tests.web.served.world import SECRET, World, build, token_of

SECOND = "other.analyst"
CASE, NOTE = "/studio/process/case", "/studio/form/note"
MARKING = "/studio/list/second_person"


@dataclass
class Studio:
    """The world with a second analyst in it."""

    world: World

    def client(self, who: str = "analyst") -> FlaskClient:
        """A browser at which an analyst is signed in."""
        client = self.world.app.test_client()
        client.set_cookie("masar_session", token_of(who))
        return client

    def get(self, address: str, who: str = "analyst") -> TestResponse:
        """A page or file."""
        return self.client(who).get(address)

    def post(self, address: str, fields: Mapping[str, object] | None = None, who: str = "analyst") -> TestResponse:
        """A form of a page."""
        return self.client(who).post(address, data={"_csrf": SECRET, **(fields or {})})

    def save(self, address: str, content: bytes, revision: int, who: str = "analyst") -> TestResponse:
        """A draft as the editor sends it."""
        head = {"X-CSRF": SECRET, "X-Revision": str(revision), "Content-Type": "application/xml"}
        return self.client(who).post(f"{address}/draft", data=content, headers=head)

    def draft(self, address: str, old: str, new: str, who: str = "analyst") -> int:
        """Saves the file with some words replaced; returns the revision."""
        there = self.get(f"{address}/draft", who)
        changed = there.data.replace(old.encode(), new.encode())
        assert changed != there.data
        saved = self.save(address, changed, int(there.headers["X-Revision"]), who)
        assert saved.status_code == 200, saved.text
        return int(saved.json["revision"]) if saved.json else 0

    def publish(self, address: str, revision: int, who: str = "analyst", **more: object) -> TestResponse:
        """Publishes a draft."""
        return self.post(f"{address}/publish", {"revision": str(revision), "note": "لأن", **more}, who)

    def versions(self, kind: str, key: str) -> list[tuple[int, int, int | None, str]]:
        """(version, written by, approved by, note) of a definition."""
        query = select(definition.c.version, definition.c.written_by, definition.c.approved_by, definition.c.note)
        with self.world.masar.db.read() as conn:
            found = conn.execute(query.where(definition.c.kind == kind, definition.c.key == key).order_by("version"))
            return [tuple(row) for row in found]


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts."""
    world = build(masar, clock)

    def settle(conn: Connection) -> None:
        name = Text("المحللة الثانية", "The second analyst")
        number = insert_account(conn, SECOND, name, password_hash, "ar", clock())
        conn.execute(insert(membership).values(account_id=number, role="process_analyst", unit_id=UNITS["ministry"][0]))
        conn.execute(insert(session).values(
            token_hash=hash_of(token_of(SECOND)), account_id=number, csrf=SECRET, created_at=clock(), seen_at=clock(),
            expires_at=clock() + timedelta(hours=12),
        ))  # fmt: skip

    masar.db.run(settle)
    return Studio(world)


def id_of(studio: Studio, login: str) -> int:
    """An account's id."""
    with studio.world.masar.db.read() as conn:
        found = actor_named(conn, login)
    assert found
    return found.id


def test_whatever_was_drawn_is_kept_byte_for_byte_with_what_is_wrong_with_it(studio: Studio) -> None:
    nonsense = "<bpmn:definitions ناقص".encode()
    saved = studio.save(CASE, nonsense, 0)
    assert saved.json
    assert (saved.status_code, saved.json["revision"]) == (200, 1)
    assert {"element", "rule", "severity", "message", "mend"} <= set(saved.json["findings"][0])
    there = studio.get(f"{CASE}/draft", SECOND)
    assert (there.data, there.headers["X-Revision"]) == (nonsense, "1")
    assert there.headers["Content-Disposition"].startswith("attachment")
    assert "not-xml" in studio.get(f"{CASE}/edit").text
    assert studio.publish(CASE, 1).status_code == 422
    assert len(studio.versions("process", "case")) == 1


def test_who_saves_over_a_newer_draft_is_told_and_loses_nothing(studio: Studio) -> None:
    assert studio.save(CASE, b"<first/>", 0).status_code == 200
    lost = studio.save(CASE, b"<mine/>", 0, SECOND)
    assert lost.status_code == 409
    assert lost.json
    assert (lost.json["who"], lost.json["when"]) == ("حساب analyst", "2026-11-22T08:00:00+00:00")
    assert studio.get(f"{CASE}/draft").data == b"<first/>"
    assert studio.get(f"{CASE}/aside", SECOND).data == b"<mine/>"
    assert "عمل محفوظ جانباً" in studio.get(f"{CASE}/edit", SECOND).text
    placed = studio.post(f"{CASE}/aside", {"act": "place", "revision": "1"}, SECOND)
    assert placed.status_code == 303
    assert studio.get(f"{CASE}/draft").data == b"<mine/>"
    assert studio.get(f"{CASE}/aside").data == b"<first/>"  # the overwritten one is with its author now
    assert studio.get(f"{CASE}/aside", SECOND).status_code == 404


def test_an_upload_without_a_script_meets_the_same_rules(studio: Studio) -> None:
    for expected, revision in ((303, "0"), (409, "0"), (303, "1")):
        file = (io.BytesIO(b"<file/>"), "any name.bpmn")
        answer = studio.post(f"{CASE}/draft", {"revision": revision, "file": file})
        assert answer.status_code == expected
    assert "وضع نسختي مكان المسودة" in studio.post(f"{CASE}/draft", {"revision": "0", "text": "<c/>"}).text
    assert studio.post(f"{CASE}/draft", {"revision": "2", "text": "  "}).status_code == 422


def test_a_draft_larger_than_the_bound_is_refused_in_words(studio: Studio) -> None:
    for size, status in ((2_000_001, 422), (2_100_000, 413)):
        answer = studio.save(CASE, b"x" * size, 0)
        assert answer.status_code == status
        assert answer.json
        assert "2 ميغابايت" in answer.json["message"]
    assert studio.get(f"{CASE}/draft").headers["X-Revision"] == "0"


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
    assert "النسخة 2" in page and "لأن" in page
    assert [row[0] for row in studio.versions("process", "case")] == [1, 2]


def test_rolling_back_publishes_the_old_file_as_a_new_version(studio: Studio) -> None:
    old = studio.get(f"{CASE}/draft").data
    studio.publish(CASE, studio.draft(CASE, "خطة الحالة", "خطة جديدة"))
    back = studio.post(f"{CASE}/versions/1/restore", {"revision": "2"})
    assert back.location == f"{CASE}?done=restored"
    assert studio.publish(CASE, 3).location == f"{CASE}?done=published"
    assert studio.get(f"{CASE}/versions/3/file").data == old
    assert len(studio.versions("process", "case")) == 3


def test_giving_a_draft_up_brings_back_what_is_in_force_and_no_revision_returns(studio: Studio) -> None:
    published = studio.get(f"{CASE}/draft").data
    studio.save(CASE, b"<mine/>", 0)
    assert studio.post(f"{CASE}/discard", {"revision": "0"}).status_code == 409
    assert studio.post(f"{CASE}/discard", {"revision": "1"}).status_code == 303
    there = studio.get(f"{CASE}/draft")
    assert (there.data, there.headers["X-Revision"]) == (published, "2")
    assert studio.save(CASE, b"<late/>", 1, SECOND).status_code == 409


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


def crowded(count: int) -> bytes:
    """A diagram in which every gateway leads to every other."""
    nodes = "".join(f'<inclusiveGateway id="g{i}"/>' for i in range(count))
    flows = "".join(
        f'<sequenceFlow id="f{i}_{j}" sourceRef="g{i}" targetRef="g{j}"/>' for i in range(count) for j in range(count)
    )
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="case" isExecutable="true">'
    return f'{head}<startEvent id="s"/>{nodes}{flows}</process></definitions>'.encode()


def test_a_hostile_draft_ends_in_findings_and_harms_nothing(studio: Studio) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    deep = b'{"components": [' * 5_000 + b"]}" * 5_000
    swelling = f"<!DOCTYPE x [{laughs}]><x>&l9;</x>".encode()
    for address, content in ((CASE, crowded(120)), (CASE, swelling), (NOTE, deep)):
        began = time.monotonic()
        head = {"X-CSRF": SECRET, "Content-Type": "application/octet-stream"}
        answer = studio.client().post(f"{address}/findings", data=content, headers=head)
        assert answer.status_code == 200
        assert answer.json
        assert any(found["severity"] == "error" for found in answer.json["findings"])
        assert time.monotonic() - began < 20  # 5 s of processor time; the machine may be busy


def test_a_form_is_tried_as_the_real_page_and_stores_nothing(studio: Studio) -> None:
    studio.draft(NOTE, "الخلاصة", "خلاصة القول")
    page = studio.get(f"{NOTE}/try").text
    assert "خلاصة القول" in page and 'name="summary"' in page
    assert studio.post(f"{NOTE}/try", {"summary": ""}).status_code == 422
    good = studio.post(f"{NOTE}/try", {"summary": "كذا"})
    assert good.status_code == 200
    assert "لم يُخزَّن شيء" in good.text
    studio.save(NOTE, b"{", 1)
    assert studio.get(f"{NOTE}/try").status_code == 200


def test_the_catalogue_names_what_can_be_chosen_in_the_readers_language(studio: Studio) -> None:
    found = json.loads(studio.get("/studio/catalogue.json").data)
    assert {"forms", "decisions", "processes", "lists", "roles", "messages", "call_types", "properties"} == set(found)
    assert "case" in {one["id"] for one in found["processes"]}
    client = studio.client()
    client.set_cookie("language", "en")
    assert json.loads(client.get("/studio/catalogue.json").data)["properties"][0]["title"] == "Name in English"


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


def test_the_studio_shows_nothing_of_any_case_but_how_many_run(studio: Studio) -> None:
    pages = "".join(studio.get(address).text for address in ("/studio", CASE, f"{CASE}/edit", NOTE))
    for secret in ("ليلى", "C-2026", "R-2026", "تفصيل"):
        assert secret not in pages
    assert 'data-label="الجاري عليها">3<' in studio.get(CASE).text
