"""The pages of the two registers over HTTP, as a browser without scripts sends them."""

import pytest
from flask import Flask, render_template_string

from engine.clock import StoppedClock
from engine.forms.views import FieldView, OptionView
from engine.masar import Masar
from tests.web.served.registers import LISTED
from tests.web.served.world import World, build

ENTRY = {
    "code": "prov_new", "name_ar": "مركز جديد", "agency_type": "court", "licence": "none", "reason": "من وثائقه",
    "services.0.service_type": "legal_aid", "services.0.sex": "any", "services.0.price": "free",
    "areas.0.governorate": "damascus",
}
SEARCH = "/directory?service=legal_aid&governorate=damascus&age=9"
ACCREDITATION = {
    "setting": "family", "profession": "social", "number": "17", "valid_from.day": "1", "valid_from.month": "1",
    "valid_from.year": "2026", "valid_until.day": "1", "valid_until.month": "1", "valid_until.year": "2028",
    "code_signed": "true", "background_checked": "true", "reason": "رأيت الشهادة",
}
IMPORT = '{% import "_form.html" as forms with context %}'
CHOICE = (OptionView("b-0", "mona", "منى", True, why_not="غائبة الآن"), OptionView("b-1", "karim", "كريم", False))


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_a_provider_is_entered_found_opened_and_changed(world: World) -> None:
    assert "لا أحد في الدليل" in world.ask("manager", "GET", SEARCH).text
    done = world.ask("keeper", "POST", "/directory/new", ENTRY)
    assert (done.status_code, done.location) == (303, "/directory/providers/prov_new?done=added")
    assert "صارت الجهة في الدليل" in world.ask("keeper", "GET", done.location).text
    assert "مركز جديد" in world.ask("manager", "GET", SEARCH).text
    page = world.ask("manager", "GET", "/directory/providers/prov_new").text
    assert "مفتوحة للإحالات" in page and "/change" not in page and "من وثائقه" not in page
    shown = world.ask("keeper", "GET", "/directory/providers/prov_new/change").text
    assert 'value="مركز جديد"' in shown and 'name="_token" value="1"' in shown
    changed = {**ENTRY, "contact": "سلمى", "_token": "1"}
    assert world.ask("keeper", "POST", "/directory/providers/prov_new/change", changed).status_code == 303
    assert world.ask("keeper", "POST", "/directory/providers/prov_new/change", changed).status_code == 409
    assert "سلمى" in world.ask("keeper", "GET", "/directory/providers/prov_new").text


def test_a_search_offers_the_districts_of_this_country_alone(world: World) -> None:
    page = world.ask("manager", "GET", "/directory").text
    assert 'value="midan"' in page
    assert not [one for one in ("imbaba", "nasr_city", "nablus_city", "yatta") if f'value="{one}"' in page]


def test_what_is_wrong_with_an_entry_is_told_beside_its_field_with_the_typing(world: World) -> None:
    wrong = {**ENTRY, "code": "Not a code", "name_ar": "<b>مركز</b>"}
    answer = world.ask("keeper", "POST", "/directory/new", wrong)
    assert answer.status_code == 422
    assert 'id="mistakes"' in answer.text and "&lt;b&gt;مركز&lt;/b&gt;" in answer.text
    assert 'id="f-code-error"' in answer.text
    more = world.ask("keeper", "POST", "/directory/new", {**ENTRY, "_add.services": "1"})
    assert more.status_code == 200 and 'name="services.1.service_type"' in more.text
    assert world.ask("manager", "GET", "/directory/providers/prov_new").status_code == 404


def test_a_suspended_provider_is_found_by_nobody_and_its_page_says_so(world: World) -> None:
    search = "/directory?service=advice"
    assert "دار السلامة" in world.ask("manager", "GET", search).text
    at = f"/directory/providers/{LISTED}"
    assert world.ask("keeper", "POST", f"{at}/suspension", {"reason": " "}).status_code == 422
    world.ask("keeper", "POST", f"{at}/suspension", {"reason": "شكوى"})
    assert "دار السلامة" not in world.ask("manager", "GET", search).text
    assert "مغلقة أمام الإحالات" in world.ask("manager", "GET", at).text
    assert world.ask("keeper", "POST", f"{at}/reinstatement", {"reason": "انتهت"}).status_code == 409
    assert "يرفع الإيقاف شخص آخر" in world.ask("keeper", "GET", at).text


def test_a_search_that_finds_nobody_reaches_those_who_plan_without_a_number_or_a_name(world: World) -> None:
    assert "لمن يخطط الخدمات" in world.ask("manager", "GET", SEARCH).text
    page = world.ask("coordinator", "GET", "/directory/gaps").text
    assert "مساعدة وتمثيل قانوني" in page and "أقل من 5" in page and "حساب manager" not in page
    for service in ("سامي الحسن", "'; DROP TABLE provider;--", "x" * 200):
        assert world.ask("manager", "GET", f"/directory?service={service}").status_code == 200
    assert world.ask("coordinator", "GET", "/directory/gaps").text.count(">أقل من 5<") == 1


def test_a_conflict_is_declared_shown_without_a_name_and_ended_by_another(world: World) -> None:
    typed = {"kind": "relative", "full_name": "سامي خليل الحسن", "national_id": ""}
    assert world.ask("colleague", "POST", "/practitioners/conflicts", typed).status_code == 303
    page = world.ask("colleague", "GET", "/practitioners/conflicts?done=declared").text
    assert "قريب لي" in page and "سامي" not in page
    told = world.ask("trainer", "GET", "/practitioners/{person}").text
    assert "/practitioners/conflicts/{conflict}/end".format(**world.things) in told
    ended = world.ask("trainer", "POST", "/practitioners/conflicts/{conflict}/end", {"reason": "أُدخل خطأً"})
    assert "انتهى تضارب المصالح" in world.ask("trainer", "GET", ended.location).text


def test_somebody_is_accredited_and_the_register_shows_it_to_their_supervisor(world: World) -> None:
    assert "غير نافذ" in world.ask("supervisor", "GET", "/practitioners").text
    done = world.ask("trainer", "POST", "/practitioners/{person}/accreditation", ACCREDITATION)
    assert done.status_code == 303, done.text
    page = world.ask("supervisor", "GET", "/practitioners").text
    assert "غير نافذ" not in page and "في الأسر" in page
    needed = {"kind": "needed", "topic": "child_interview"}
    assert world.ask("trainer", "POST", "/practitioners/{person}/training", needed).status_code == 303
    assert "مقابلة الأطفال" in world.ask("trainer", "GET", "/practitioners").text


@pytest.mark.parametrize("kind", ["select", "radios"])
def test_who_may_not_be_chosen_stands_in_the_form_with_the_reason_and_cannot_be_ticked(app: Flask, kind: str) -> None:
    field = FieldView(kind, "m", "m", "m", "المدير", options=CHOICE)
    with app.test_request_context():
        html = render_template_string(f"{IMPORT}{{{{ forms.one(field) }}}}", field=field)
    barred = html[html.index('value="mona"') : html.index('value="karim"')]
    assert "disabled" in barred and "غائبة الآن" in barred and "checked" not in barred and "selected" not in barred
    assert "disabled" not in html[html.index('value="karim"') :]


def test_a_referral_whose_provider_is_suspended_stands_above_the_list_of_cases(world: World) -> None:
    assert "أُوقفت في دليل الخدمات" not in world.ask("manager", "GET", "/cases").text
    own = {**ENTRY, "code": "provider"}  # the unit to which the offer of this world is addressed
    world.ask("keeper", "POST", "/directory/new", own)
    world.ask("keeper", "POST", "/directory/providers/provider/suspension", {"reason": "شكوى"})
    assert "أُوقفت في دليل الخدمات" in world.ask("manager", "GET", "/cases").text
    assert "أُوقفت في دليل الخدمات" not in world.ask("colleague", "GET", "/cases").text
