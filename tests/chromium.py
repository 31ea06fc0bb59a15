"""The system's Chromium for tests in a browser; one for each process of the suite."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from web import bundle

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="No Chromium here. On Debian or Ubuntu: apt-get install chromium"),
    pytest.mark.skipif(not bundle.read_names(bundle.FOLDER), reason="The assets are not built: ./run builds them."),
]
"""The marks of a module that needs a browser and the built assets."""


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium, without its sandbox where that is impossible (as root in a container)."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()
