"""The picture in README.md: taken here when SCREENSHOT is set (`make screenshot`), looked after otherwise."""

import os
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.soundness import SCROLL
from tests.project.tree import ROOT

FILE = "docs/screenshot.webp"
WIDTH, HEIGHT = 1280, 1560
MOST_BYTES = 300_000


@pytest.mark.django_db
def test_what_the_picture_shows_is_drawn(visit: Visit) -> None:
    page = visit(width=WIDTH)
    page.goto("/")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    shelf = page.locator(".band").first
    expect(shelf.locator(".card img")).to_have_count(4)
    expect(shelf.locator(".nopic")).to_have_count(0)
    if os.environ.get("SCREENSHOT"):
        take(page)


def take(page: Page) -> None:
    above = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
    shot = page.screenshot(full_page=True, clip=above)  # type: ignore[arg-type]
    Image.open(BytesIO(shot)).convert("RGB").save(ROOT / FILE, "WEBP", quality=85, method=6)


def test_the_readme_shows_a_picture_of_the_shop() -> None:
    assert f"]({FILE})" in (ROOT / "README.md").read_text(encoding="utf-8")
    with Image.open(ROOT / FILE) as picture:
        assert (picture.format, picture.size) == ("WEBP", (WIDTH, HEIGHT))
    assert (ROOT / FILE).stat().st_size < MOST_BYTES
