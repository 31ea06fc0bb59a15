"""The files of the two folders are the analysts': opened in the editors and saved without an edit, nothing changes.

The editors read and write through the packages of Camunda Modeler itself: bpmn-js with the zeebe moddle, dmn-js,
form-js. Diagrams are kept in the form in which they are written, so they come back byte for byte.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from tests.chromium import in_a_browser
from tests.web.editor_site import ROOT, EditorSite
from web import bundle

pytestmark = in_a_browser

DIAGRAMS = sorted((ROOT / "processes").glob("*.bpmn"))
DECISIONS = sorted((ROOT / "processes" / "decisions").glob("*.dmn"))
FORMS = sorted((ROOT / "forms").glob("*.form"))
LISTS = sorted((ROOT / "forms" / "lists").glob("*.yaml"))
AGAIN = """async ([address, text]) => {
    const studio = await (await import(address)).opened;
    await studio.show(text);
    return [await studio.editor.text(), studio.editor.plain === true];
}"""
AS_TEXT = {"calendar", "providers", "places", "agency_types"}
"""Lists that hold more than options of one line each."""


@pytest.fixture(scope="module")
def site() -> Iterator[EditorSite]:
    with EditorSite() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def through(page: Page, site: EditorSite, editor: str, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the editor writes for each text that it is given."""
    first = next(iter(texts))
    page.goto(f"{site.address}/edit/{editor}/{first}")
    page.locator("[data-ready=true]").wait_for()
    script = f"/static/dist/{bundle.read_names(bundle.FOLDER)['studio.js']}"
    for key, text in texts.items():
        written, as_text = page.evaluate(AGAIN, [script, text])
        assert not as_text or (editor == "list" and key in AS_TEXT), f"{key} does not open in its editor"
        yield key, written


def texts_of(paths: list[Any]) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def canonical(text: str) -> str:
    """An XML file without regard to the order of attributes, the space between elements and what is the default."""
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True))
    for table in root.iter("{*}decisionTable"):
        if table.get("hitPolicy") == "UNIQUE":
            del table.attrib["hitPolicy"]
    return str(etree.canonicalize(etree.tostring(root, encoding="unicode")))


def test_diagrams_come_back_byte_for_byte(page: Page, site: EditorSite) -> None:
    given = texts_of(DIAGRAMS)
    assert given
    for key, written in through(page, site, "bpmn", given):
        assert written == given[key], f"{key}.bpmn"


def test_decisions_come_back_with_all_they_said(page: Page, site: EditorSite) -> None:
    given = texts_of(DECISIONS)
    assert given
    for key, written in through(page, site, "dmn", given):
        assert canonical(written) == canonical(given[key]), f"{key}.dmn"


def test_forms_come_back_with_all_they_said(page: Page, site: EditorSite) -> None:
    given = texts_of(FORMS)
    assert given
    for key, written in through(page, site, "form", given):
        assert json.loads(written) == json.loads(given[key]), f"{key}.form"


def test_lists_come_back_byte_for_byte(page: Page, site: EditorSite) -> None:
    given = texts_of(LISTS)
    assert given
    for key, written in through(page, site, "list", given):
        assert written == given[key], f"{key}.yaml"
