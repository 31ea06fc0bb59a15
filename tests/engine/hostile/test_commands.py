"""Hostile files by command: `check` and `deploy` end soon and small, in findings; nothing runs, nothing is fetched."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.store.database import Database
from engine.store.definitions import bundle, definition
from tests.engine.hostile import BY_FILE, CASES, FILES
from tests.engine.hostile.cage import Ran, run_caged
from tests.engine.hostile.expressions import CANARY, PAYLOADS, PLACES
from tests.engine.hostile.forms import form

SECONDS, MEGABYTES = 5.0, 150
FIELDS = {"file", "element", "name", "rule", "severity", "message_ar", "message_en", "mend"}
FOLDERS = {".bpmn": "processes", ".dmn": "processes/decisions", ".form": "forms", ".yaml": "forms/lists"}
SAMPLE = (
    "billion_laughs.bpmn",
    "twenty_thousand_nodes.bpmn",
    "many_states.bpmn",
    "long_cells.dmn",
    "counts_for_ever.dmn",
    "many_components.form",
    "alias_bomb.yaml",
)

pytestmark = pytest.mark.xdist_group(__name__)  # each file is run once, for all that is asked of it


class Watched:
    """A folder in which hostile files are run, with a port that nobody may call and a file that nobody may make."""

    def __init__(self, home: Path) -> None:
        self.home, self.canary = home, home / "canary"
        self.port = socket.create_server(("127.0.0.1", 0))
        self.port.setblocking(False)

    @property
    def environment(self) -> dict[str, str]:
        nowhere = str(self.home / "nothing")
        return {
            CANARY: str(self.canary),
            "MASAR_HOME": str(self.home / "var"),
            "MASAR_PROCESSES": nowhere,
            "MASAR_FORMS": nowhere,
            "DATABASE_URL": "",
            "MASTER_KEY_FILE": "",
        }

    def put(self, file: str, folder: Path) -> Path:
        """Writes a hostile file, its addresses turned to our port."""
        address = f"127.0.0.1:{self.port.getsockname()[1]}/".encode()
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(BY_FILE[file].data.replace(b"127.0.0.1:9/", address))
        return place

    def was_called(self) -> bool:
        """Whether anybody called the port."""
        try:
            self.port.accept()
        except BlockingIOError:
            return False
        return True


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Watched]:
    made = Watched(tmp_path_factory.mktemp("hostile"))
    shutil.copytree(sqlite_template, made.home / "var")
    yield made
    assert not made.was_called() and not made.canary.exists()
    made.port.close()


@pytest.fixture(scope="module")
def checked(watched: Watched) -> dict[str, Ran]:
    """What `check` did with every file."""
    paths = [watched.put(file, watched.home / "files") for file in FILES]
    ran = run_caged([("check", str(path), "--json") for path in paths], watched.environment)
    return dict(zip(FILES, ran, strict=True))


@pytest.mark.parametrize("file", FILES)
def test_a_check_ends_in_findings(file: str, checked: dict[str, Ran]) -> None:
    ran = checked[file]
    assert ran.reached == []
    assert ran.code == (0 if BY_FILE[file].sound else 1), ran.output[-2_000:]
    findings = json.loads(ran.output)
    assert all(set(finding) - {"mending"} == FIELDS for finding in findings)
    assert "check-failed" not in {finding["rule"] for finding in findings}
    assert "Traceback" not in ran.output and "root:" not in ran.output
    assert ran.seconds < SECONDS and ran.megabytes < MEGABYTES


def test_there_are_more_than_sixty_and_each_says_what_it_tries() -> None:
    assert len(CASES) == len(BY_FILE) >= 60
    assert all(case.tries and len({c.tries for c in CASES if c.file == case.file}) == 1 for case in CASES)


@pytest.fixture(scope="module")
def deployed(watched: Watched) -> dict[str, Ran]:
    """What `deploy` did with some files, each alone in its folder."""
    commands = []
    for file in SAMPLE:
        folder = watched.home / "deploy" / file
        (folder / "processes").mkdir(parents=True)
        (folder / "forms").mkdir()
        (folder / "forms" / "review.form").write_bytes(form(id="review"))
        watched.put(file, folder / FOLDERS[Path(file).suffix])
        commands.append(("deploy", "--processes", str(folder / "processes"), "--forms", str(folder / "forms")))
    return dict(zip(SAMPLE, run_caged(commands, watched.environment), strict=True))


@pytest.mark.parametrize("file", SAMPLE)
def test_what_may_not_be_published_is_not_deployed(file: str, deployed: dict[str, Ran]) -> None:
    ran = deployed[file]
    assert (ran.reached, ran.code) == ([], 0 if BY_FILE[file].sound else 1), ran.output[-2_000:]
    assert "Traceback" not in ran.output and str(Path(__file__).parents[3] / "engine") not in ran.output
    assert ran.seconds < SECONDS and ran.megabytes < MEGABYTES


def test_nothing_half_stored_stays(deployed: dict[str, Ran], watched: Watched) -> None:
    sound = [file for file in SAMPLE if BY_FILE[file].sound]
    database = Database(f"sqlite:///{watched.home / 'var' / 'masar.db'}")
    with database.read() as conn:
        counts = [conn.scalar(select(func.count()).select_from(table)) for table in (definition, bundle)]
    database.close()
    assert counts == [len(sound) + 1, len(sound)]  # a good form lies beside each


def test_no_language_is_run_in_any_place(watched: Watched) -> None:
    folder = watched.home / "languages"
    folder.mkdir()
    paths = []
    for place, draw in PLACES.items():
        for language, text in PAYLOADS.items():
            paths.append(folder / f"{place}_{language}.bpmn")
            paths[-1].write_bytes(draw(text))
    ran = run_caged([("check", *map(str, paths), "--json")], watched.environment)[0]
    assert (ran.code, ran.reached) == (1, []), ran.output[-2_000:]
    assert not watched.canary.exists()
