"""docs/api.md is true: every line that it tells to type is typed, against a server that really listens."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.demo.ministry import seed_ministry
from engine.masar import Masar, open_masar
from engine.settings import Settings
from engine.setup import publish_shipped
from tests.web.address import Address
from web.app import create_app

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "api.md"
pytestmark = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="needs curl and jq")


@pytest.fixture
def demo(sqlite_settings: Settings) -> Iterator[Masar]:
    """The people of the demo ministry, by the clock on the wall, since the command line goes by it."""
    masar = open_masar(sqlite_settings)
    publish_shipped(masar)
    with masar.db.read() as conn:
        lists = masar.library.latest(conn).lists
    seed_ministry(masar, masar.settings.processes / "demo", "a long enough password", lists)
    yield masar
    masar.close()


@pytest.fixture
def address(demo: Masar) -> Iterator[str]:
    """Where the demo is served."""
    with Address(create_app(demo)) as served:
        yield served.address


def test_every_line_to_type_does_what_the_page_says(demo: Masar, address: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "forms", tmp_path / "forms")
    stages = tmp_path / "forms" / "lists" / "stages.yaml"
    stages.write_text(stages.read_text("utf-8").replace("en: 'Closure'", "en: 'Closing'"), "utf-8")
    typed = "\n".join(re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.S | re.M))
    run = f'set -euo pipefail\nmasar() {{ "{sys.executable}" -m engine.cli.main "$@"; }}\n'
    script = run + typed.replace("./run ", "masar ")
    around = {**os.environ, "MASAR": address, "MASAR_HOME": str(demo.settings.home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=around, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    for told in ('"key": "triage_decision"', '"kind":"work_completed"', '"state":"published"', "nightly export\tread"):
        assert told in done.stdout, done.stdout[-3000:]
