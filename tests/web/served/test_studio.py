"""Drafts in the studio over HTTP: nobody loses one, the check is bounded, forms are tried, cases stay closed."""

import io
import json
import time

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.engine.bpmn.importing.golden import HERE
from tests.web.served.analysts import CASE, NOTE, SECOND, Studio, with_two_analysts
from tests.web.served.world import SECRET

SAMPLE = HERE / "samples" / "arabic_windows_1256.bpmn"


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts."""
    return with_two_analysts(masar, clock, password_hash)


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


def test_a_finding_names_its_element_by_id_and_by_name(studio: Studio) -> None:
    studio.draft(CASE, 'formId="note"', 'formId="nothing"')
    page = studio.get(f"{CASE}/edit").text
    assert "<bdi>خطة الحالة</bdi> <bdi>plan</bdi>" in page
    head = {"X-CSRF": SECRET, "Content-Type": "application/xml"}
    found = studio.client().post(f"{CASE}/findings", data=studio.get(f"{CASE}/draft").data, headers=head).json
    assert found
    assert ("plan", "خطة الحالة") in {(one["element"], one["name"]) for one in found["findings"]}


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


def test_giving_a_draft_up_brings_back_what_is_in_force_and_no_revision_returns(studio: Studio) -> None:
    published = studio.get(f"{CASE}/draft").data
    studio.save(CASE, b"<mine/>", 0)
    assert studio.post(f"{CASE}/discard", {"revision": "0"}).status_code == 409
    assert studio.post(f"{CASE}/discard", {"revision": "1"}).status_code == 303
    there = studio.get(f"{CASE}/draft")
    assert (there.data, there.headers["X-Revision"]) == (published, "2")
    assert studio.save(CASE, b"<late/>", 1, SECOND).status_code == 409


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


def test_the_studio_shows_nothing_of_any_case_but_how_many_run(studio: Studio) -> None:
    pages = "".join(studio.get(address).text for address in ("/studio", CASE, f"{CASE}/edit", NOTE))
    for secret in ("ليلى", "C-2026", "R-2026", "تفصيل"):
        assert secret not in pages
    assert 'data-label="الجاري عليه">5<' in studio.get(CASE).text


def test_an_upload_in_another_encoding_that_nobody_drew_is_stored_so_that_it_can_be_shown(studio: Studio) -> None:
    foreign = SAMPLE.read_bytes()
    answer = studio.post(f"{CASE}/draft", {"revision": "0", "file": (io.BytesIO(foreign), "old.bpmn")})
    assert answer.status_code == 303
    kept = studio.get(f"{CASE}/draft").data.decode("utf-8")
    assert "زيارة الأسرة" in kept and "BPMNShape" in kept and "camunda:formKey" in kept
    page = studio.get(f"{CASE}/edit").text
    assert "vendor-setting" in page and "<bdi>زيارة الأسرة</bdi>" in page
