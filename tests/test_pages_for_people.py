"""The pages of docs/ for the four kinds of people: each word in bold is a word of Masar, each picture is its own."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.documented import ROOT
from tests.web.catalogue import translated

DOCS = ROOT / "docs"
FOR_PEOPLE = ["case-workers.md", "supervisors.md", "auditors.md", "analysts.md", "reporters.md", "providers.md"]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LARGEST = 150_000  # bytes
NAMED = re.compile(r'<bpmn:\w+ [^>]*?name="([^"]+)"|name="name_en" value="([^"]+)"')


def said_on_pages() -> set[str]:
    """Every wording of the interface, the forms and the diagrams, in both languages."""
    found: set[str] = set()
    for message in translated():
        for words in (message.id, message.string):
            found.update([words] if isinstance(words, str) else words or ())
    for form in (ROOT / "forms").glob("*.form"):
        found.update(_words_of(json.loads(form.read_text("utf-8"))))
    for diagram in (ROOT / "processes").glob("*.bpmn"):
        found.update(name for names in NAMED.findall(diagram.read_text("utf-8")) for name in names if name)
    return found


def _words_of(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from _words_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from _words_of(value)
    elif isinstance(part, str):
        yield part


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_every_word_in_bold_is_a_word_of_the_pages(name: str) -> None:
    known = said_on_pages()
    told = BOLD.findall((DOCS / name).read_text("utf-8"))
    assert told and not [words for words in told if words not in known]


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_a_page_for_people_speaks_arabic_and_english_and_is_short(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    arabic, _, english = page.partition("</div>")
    assert re.search(r"[\u0600-\u06ff]{3}", arabic) and "## In English" in english
    assert len(page.split()) < 700
    assert name in (ROOT / "README.md").read_text("utf-8")


def test_every_picture_is_used_small_and_taken_by_a_test() -> None:
    stories = "\n".join(file.read_text("utf-8") for file in (ROOT / "tests").rglob("*.py"))
    pages = "\n".join(file.read_text("utf-8") for file in [ROOT / "README.md", *DOCS.rglob("*.md")])
    for kept in sorted((DOCS / "pictures").glob("*.png")):
        assert f'"{kept.stem}")' in stories, f"no test takes {kept.name}"
        assert f"pictures/{kept.name}" in pages, f"no page shows {kept.name}"
        assert kept.stat().st_size <= LARGEST, kept.name


def test_every_picture_that_a_page_shows_is_there() -> None:
    for name in FOR_PEOPLE:
        for shown in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (DOCS / name).read_text("utf-8")):
            assert Path(DOCS / shown).exists(), shown
