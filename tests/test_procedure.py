"""docs/procedure/ shows what the diagrams are: `python -m tests.procedure` writes it."""

from pathlib import Path

import pytest

from tests import procedure

DIAGRAMS = procedure.diagrams()


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_the_textbook_says_and_shows_what_the_diagram_does(diagram: Path) -> None:
    page = procedure.FOLDER / f"{diagram.stem}.md"
    assert page.read_text("utf-8") == procedure.page(diagram), "run: python -m tests.procedure"
    assert procedure.is_fresh(diagram), "run: python -m tests.procedure"


def test_the_index_names_every_diagram_and_nothing_is_left_of_others() -> None:
    assert procedure.INDEX.read_text("utf-8") == procedure.index()
    assert {file.name.split(".")[0] for file in procedure.FOLDER.iterdir()} == {path.stem for path in DIAGRAMS}


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_every_element_says_who_why_and_by_which_rule(diagram: Path) -> None:
    silent = [element.id for element in procedure.process_of(diagram).elements.values()
              if element.name.ar and not (element.documentation and element.properties.get("documentation_en"))]
    assert silent == []
