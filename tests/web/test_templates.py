"""Every template, in both languages, with nothing undefined and nothing that a strict policy would block."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web import dressed

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates"
BOTH = [(page, locale) for page in dressed.PAGES for locale in ("ar", "en")]
ARABIC = re.compile("[\u0600-\u06ff]")


class Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, *names: str) -> list[dict[str, str]]:
        """The attributes of every tag of these names."""
        return [attributes for tag, attributes in self.all if tag in names]


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    yield dressed.app().test_client()


@cache
def tags(client: FlaskClient, page: str, locale: str) -> Tags:
    answer = client.get(f"/show/{page}?locale={locale}")
    assert answer.status_code == 200
    return Tags(answer.text)


@pytest.mark.parametrize(("page", "locale"), BOTH)
def test_a_page_has_one_heading_landmarks_and_no_inline_script(client: FlaskClient, page: str, locale: str) -> None:
    found = tags(client, page, locale)
    assert len(found.named("h1")) == 1
    assert len(found.named("main")) == 1
    assert found.named("html") == [{"lang": locale, "dir": "rtl" if locale == "ar" else "ltr"}]
    assert not [one for one in found.named("script") if "src" not in one]
    inline = [name for _, one in found.all for name in one if name == "style" or name.startswith(("on", "hx-on"))]
    assert not inline


@pytest.mark.parametrize(("page", "locale"), BOTH)
def test_ids_are_unique_and_references_lead_somewhere(client: FlaskClient, page: str, locale: str) -> None:
    found = tags(client, page, locale)
    ids = [one["id"] for _, one in found.all if "id" in one]
    assert len(ids) == len(set(ids))
    for _, one in found.all:
        wanted = [*one.get("aria-describedby", "").split(), *one.get("aria-labelledby", "").split()]
        wanted += [one["for"]] if "for" in one else []
        wanted += [one["href"][1:]] if one.get("href", "").startswith("#") else []
        assert set(wanted) <= set(ids), one


@pytest.mark.parametrize("page", dressed.PAGES)
def test_every_posted_form_carries_the_secret_of_the_page(client: FlaskClient, page: str) -> None:
    html = client.get(f"/show/{page}").text
    posted = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
    assert posted
    assert all('name="_csrf" value="secret"' in form for form in posted)


@pytest.mark.parametrize("page", ["worklist_empty", "error_404", "cases_none", "receipt"])
def test_a_page_in_english_holds_no_arabic_but_the_name_of_the_language(client: FlaskClient, page: str) -> None:
    html = client.get(f"/show/{page}?locale=en").text
    assert not ARABIC.search(html.replace("العربية", ""))


def test_fields_that_are_not_visible_are_not_on_the_page(client: FlaskClient) -> None:
    html = client.get("/show/work").text
    assert "حقل لا يظهر" not in html and "قسم لا يظهر" not in html


def test_a_mistake_is_told_above_the_form_and_beside_its_field(client: FlaskClient) -> None:
    html = client.get("/show/work_wrong").text
    assert html.index('href="#f-why_not_alone"') < html.index('id="f-why_not_alone-error"')
    assert 'aria-describedby="f-why_not_alone-hint f-why_not_alone-error" aria-invalid="true"' in html
    assert "<title>خطأ:" in html


def test_somebody_who_may_not_complete_a_work_item_gets_no_button_for_it(client: FlaskClient) -> None:
    for page in ("work_unclaimed", "work_of_another"):
        html = client.get(f"/show/{page}").text
        assert 'value="complete"' not in html and "<fieldset disabled>" in html


def test_what_people_typed_is_escaped(client: FlaskClient) -> None:
    html = client.get("/show/work?locale=en").text
    assert "<script>" not in html
    assert not re.search(r"\|\s*safe\b", "".join(path.read_text() for path in TEMPLATES.glob("*.html")))
