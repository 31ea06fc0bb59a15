"""Pictures for the documentation, taken by the stories where MASAR_PICTURES is set."""

import os

from playwright.sync_api import Page

from tests.web.browser.conftest import ROOT

FOLDER = ROOT / "docs" / "pictures"


def picture(page: Page, name: str) -> None:
    """Keeps what is seen of the page now, where somebody asked for pictures."""
    if os.environ.get("MASAR_PICTURES"):
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=str(FOLDER / f"{name}.png"))
