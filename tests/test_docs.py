"""What is written is true: settings, commands, links and the commands that readers are told to type."""

import ast
import re
from pathlib import Path

import click
import pytest

from engine.cli import COMMANDS, main
from tests.documented import PAGE, ROOT, settings_table, with_table

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
CAMPAIGNS = {path.stem.replace("_", "-") for path in (ROOT / "tests" / "campaigns").glob("*.py")}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TYPED = re.compile(r"\./run(?: ([a-z][a-z-]*))?(?: ([a-z][a-z-]*))?(?=[\s`)]|$)", re.MULTILINE)
FOLDERS = {"processes", "forms", "docs"}


def test_every_setting_is_documented() -> None:
    page = PAGE.read_text("utf-8")
    assert with_table(page) == page, "run: python -m tests.documented"


def test_every_setting_says_which_variable_sets_it() -> None:
    tree = ast.parse((ROOT / "engine" / "settings.py").read_text("utf-8"))
    names = next(ast.literal_eval(node.value) for node in tree.body
                 if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_NAMES")
    assert {f"`{variable}`" for variable in names.values()} == set(re.findall(r"^\| (`\w+`)", settings_table(), re.M))


def test_every_command_is_documented() -> None:
    told = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert not [command for command in COMMANDS if command != "up" and f"./run {command}" not in told]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert not [link for link in links if link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_readers_are_told_to_type_exists(page: Path) -> None:
    for command, following in TYPED.findall(page.read_text("utf-8")):
        if not command or command in CAMPAIGNS | {"test"}:
            continue
        assert command in COMMANDS, f"./run {command}"
        known = main.get_command(click.Context(main), command)
        if isinstance(known, click.Group) and following:
            assert following in known.commands, f"./run {command} {following}"


def test_files_that_the_pages_name_are_there() -> None:
    """Paths in backquotes, from the root; those of an example hold a placeholder."""
    missing = []
    for page in PAGES:
        for name in re.findall(r"`((?:engine|web|tests|processes|forms|docs)/[\w./-]+)`", page.read_text("utf-8")):
            if not (ROOT / name).exists():
                missing.append(f"{page.name}: {name}")
    assert not missing
