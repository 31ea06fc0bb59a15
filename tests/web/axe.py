"""What axe has to say against a page, by the rules that we hold ourselves to."""

from typing import TypeAlias

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The contrast of colours takes most of the time, and is the same in every width: it is looked at once.
ASK = """async (tags) => {
  const rules = { "color-contrast": { enabled: !window.contrastSeen } };
  window.contrastSeen = true;
  const found = await axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] });
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.target)]);
}"""
Violation: TypeAlias = tuple[str, list[list[str]]]


def violations(page: Page) -> list[Violation]:
    """The rules that are broken as the page stands now, and where."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    return [(rule, places) for rule, places in page.evaluate(ASK, RULES)]


def is_sound(page: Page, address: str) -> None:
    """Fails where a page breaks a rule or is wider than its window, at a desk or on a phone, with all that it folds
    away opened."""
    for width, height in ((1280, 900), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        for fold in page.locator("details").all():
            fold.evaluate("fold => fold.open = true")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
