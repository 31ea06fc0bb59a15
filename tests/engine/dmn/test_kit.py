"""The public compatibility kit for DMN, where it lies beside the repository. The floors only ever rise."""

import contextlib
import io
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

KIT = Path(__file__).parents[4] / "shared" / "dmn-tck" / "run.py"
FLOORS = {"2": (126, 110), "3": (1481, 1168)}
"""By level: results that pass, and those among them that expect something else than null."""


@pytest.mark.skipif(not KIT.exists(), reason="the DMN compatibility kit does not lie beside the repository")
@pytest.mark.parametrize("level", ["2", "3"])
def test_no_fewer_cases_of_the_kit_pass_than_before(level: str) -> None:
    told = io.StringIO()
    runner: Any = runpy.run_path(str(KIT))["main"]
    with contextlib.redirect_stdout(told):
        runner(["--adapter", "tests.engine.dmn.kit:evaluate", "--level", level, "--timeout", "20"])
    passed = re.search(r"SUCCESS (\d+); with a non-null expectation (\d+)/", told.getvalue())
    assert passed, told.getvalue()
    assert (int(passed[1]), int(passed[2])) >= FLOORS[level], told.getvalue()
