"""What every page owes every visitor: nothing for axe to find, no sideways scrolling, nothing that jumps."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STILL = 0.005
"""Layout shift that no eye sees: the type that arrives after the first paint moves words by a pixel or two."""
SCROLL = """
async () => {
  for (let at = 0; at < document.body.scrollHeight; at += innerHeight) {
    scrollTo(0, at);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  scrollTo(0, 0);
}
"""


def complaints(page: Page) -> list[str]:
    """All there is to say against the page as it stands; empty for a sound one."""
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    return [*axe(page), *overflow(page), *jumps(page)]


def axe(page: Page) -> list[str]:
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"axe {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} pixels wider than the window"] if wide > 0 else []


def jumps(page: Page) -> list[str]:
    shifts = page.evaluate("window.shifts")
    if shifts <= STILL:
        return []
    return [f"layout shift {shifts:.3f}", *page.evaluate("window.shifted")]
