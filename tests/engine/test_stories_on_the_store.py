"""The acceptance stories on real databases: each move saved and loaded, then the whole record replayed and verified.

What is open at the end must be what is open when the story is played in memory."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from engine.clock import StoppedClock
from engine.definitions import sources_in
from engine.demo.cases import Play
from engine.demo.lines import DemoCase
from engine.demo.ministry import seed_ministry
from engine.library import publish
from engine.masar import Masar, open_masar
from engine.replay import verify_case
from engine.scenarios import Stage, stories_in
from engine.scenarios.cast import Cast
from engine.scenarios.play import Player
from engine.scenarios.story import read_story
from engine.settings import Settings, load_settings
from engine.store import work_items
from engine.store.accounts import account, membership
from engine.store.cases import case_file
from engine.store.units import unit
from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
LONG = timedelta(days=36_500)
ON_SQLITE = 4
STORIES = stories_in(PROCESSES)
PLAYED = [
    *(pytest.param("postgresql", file, id=f"postgresql-{file.stem}") for file in STORIES),
    *(pytest.param("sqlite", file, id=f"sqlite-{file.stem}") for file in STORIES[:ON_SQLITE]),
]
"""All on PostgreSQL; those of the main path on SQLite too."""
CHILD = ("سلمى", "عمر", "الخالد")


@dataclass(frozen=True)
class Furnished:
    """A ministry with the people of the stories, to be copied for each of them."""

    stage: Stage
    home: Path
    database: str


@pytest.fixture(scope="module")
def furnished(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
              ) -> Iterator[Furnished]:
    """The template of a story's ministry, on each database."""
    home = tmp_path_factory.mktemp("stories") / "var"
    shutil.copytree(sqlite_template, home)
    url = postgres.new_database() if request.param == "postgresql" else ""
    stage = Stage(PROCESSES, FORMS)
    with closing(open_masar(_settings(home, url), StoppedClock(datetime(2025, 12, 1, tzinfo=UTC)))) as masar:
        sources = sources_in(PROCESSES, FORMS)
        masar.db.run(lambda conn: publish(conn, sources, 0, "stories", masar.clock()))
        seed_ministry(masar, PROCESSES / "demo", "unused", stage.definitions.lists)
        masar.db.run(lambda conn: _hire(conn, stage.cast, masar.clock()))
    yield Furnished(stage, home, url)
    if url:
        postgres.drop_database(url)


@pytest.fixture
def masar(furnished: Furnished, tmp_path: Path) -> Iterator[Masar]:
    """A ministry of its own for one story."""
    home = tmp_path / "var"
    shutil.copytree(furnished.home, home)
    url = postgres.copy_of(furnished.database) if furnished.database else ""
    with closing(open_masar(_settings(home, url), StoppedClock())) as opened:
        yield opened
    if url:
        postgres.drop_database(url)


def _settings(home: Path, url: str) -> Settings:
    settings = load_settings({"MASAR_HOME": str(home)})
    return replace(settings, database_url=url) if url else settings


def _hire(conn: Connection, cast: Cast, now: datetime) -> None:
    """An account for everybody of the stories, and one in each provider's office."""
    units = {row.code: row for row in conn.execute(select(unit.c.id, unit.c.code, unit.c.kind))}
    people = {f"story.{login}": [(role, "school-office" if role == "partner_user" else "north")
                                 for role in person.roles - {"provider_user"}]
              for login, person in cast.people.items()}
    people |= {f"at.{code}": [("provider_user", code)] for code, row in units.items() if row.kind == "provider"}
    for login, roles in people.items():
        values = {"login": login, "name_ar": login, "name_en": login, "created_at": now}
        made = conn.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
        for role, code in roles:
            conn.execute(insert(membership).values(account_id=made, role=role, unit_id=units[code].id))


@pytest.mark.parametrize(("furnished", "file"), PLAYED, indirect=["furnished"])
def test_a_story_on_the_store_ends_as_in_memory_and_its_record_replays(
    masar: Masar, furnished: Furnished, file: Path
) -> None:
    story = read_story(file.read_bytes())
    player = Player(furnished.stage.definitions, furnished.stage.cast, story)
    for _, act in player.acts():
        act()
    wanted = Counter(item.element for thread in player.house.threads for item in thread.now.items)
    begins = story.begins.replace(tzinfo=furnished.stage.definitions.zone or UTC)
    people = {login: f"story.{login}" for login in furnished.stage.cast.people}
    play = Play(masar, furnished.stage, DemoCase(file.stem, "end", 0, CHILD, ""), people, begins)
    play.end = begins + LONG
    play.run()
    with masar.db.read() as conn:
        files = list(conn.scalars(select(case_file.c.id)))
        found = Counter(item.element for one in files for item in work_items.open_of_case(conn, one))
    assert found == wanted
    assert len(files) == len(player.house.threads)
    for one in files:
        assert verify_case(play.masar, one).problems == ()
