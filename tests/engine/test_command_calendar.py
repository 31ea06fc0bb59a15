"""`masar feel` and `masar decide` count days as the installation itself counts them."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.definitions import Source
from engine.library import publish
from engine.masar import open_masar
from engine.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
DUE = 'due(date and time("2026-11-12T10:00:00@UTC"), duration("P1D"), "working")'
DECISION = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">
  <decision id="When" name="When"><variable name="When"/>
    <literalExpression><text>{DUE.replace('"', "&quot;")}</text></literalExpression></decision>
</definitions>
"""


def said(*arguments: str) -> str:
    """The last line of a command."""
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()[-1].strip('"')[:10]


@pytest.mark.parametrize(("country", "day"), [
    ("ps", "2026-11-16"),  # the 15th is Palestine's Independence Day
    ("eg", "2026-11-15"), ("", "2026-11-15"),
])  # fmt: skip
def test_days_are_counted_by_the_shipped_calendar_of_the_country_before_anything_is_installed(
    country: str, day: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MASAR_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("MASAR_COUNTRY", country)
    (tmp_path / "when.dmn").write_text(DECISION, encoding="utf-8")
    assert said("feel", DUE) == day
    assert said("decide", str(tmp_path / "when.dmn"), "When") == day
    assert not (tmp_path / "none").exists()


def test_days_are_counted_by_what_the_installation_has_published(
    monkeypatch: pytest.MonkeyPatch, sqlite_template: Path, tmp_path: Path
) -> None:
    home = tmp_path / "var"
    shutil.copytree(sqlite_template, home)
    monkeypatch.setenv("MASAR_HOME", str(home))
    calendar = b"country: ZZ\nweekend: [fri, sat, sun]\nholidays: [2026-11-16]\ntimezone: Asia/Amman\n"
    lists = b"nationality:\n  - {value: own, ar: x, country: ZZ}\n"
    sources = [Source("calendar", "calendar", calendar), Source("list", "common", lists)]
    with closing(open_masar(load_settings())) as opened:
        opened.db.run(lambda conn: publish(conn, sources, 0, "here", opened.clock()))
    assert said("feel", DUE) == "2026-11-17"
    assert said("feel", 'country value("nationality")') == "own"
