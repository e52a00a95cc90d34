"""Debian's Chromium, driven by Playwright, in front of a stocked shop that the production server serves."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.audit_visit import Guest, listed, texts
from tests.browser.shop import WEBHOOK_SECRET, Opened, open_shop, ways_to_pay
from tests.browser.visitors import NOTICE_SHIFTS, Watch
from tests.conftest import lacks
from tests.stripe_double.serving import Remote, serving

# Playwright keeps an event loop in this thread; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 844

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        lacks("Chromium")
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop's data, and what its stocking left there for tests."""
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="session")
def double() -> Iterator[Remote]:
    """Stripe's, for the shop and its visitors."""
    with serving() as remote:
        yield remote


@pytest.fixture(scope="session")
def opened(django_db_setup: None, django_db_blocker: Any, folder: Path, double: Remote) -> Iterator[Opened]:
    with django_db_blocker.unblock(), open_shop(folder, **ways_to_pay(double)) as (address, variables):
        double.control("webhook_endpoints", url=f"{address}/thanh-toan/stripe/", secret=WEBHOOK_SECRET)
        yield Opened(address, variables)


@pytest.fixture(scope="session")
def shop(opened: Opened) -> str:
    """The address of a shop with goods. Tests share it, as visitors do; each has a browser of its own."""
    return opened.address


@pytest.fixture
def visit(chromium: Browser, shop: str) -> Iterator[Visit]:
    """Lets one more visitor in: `width` of the window, `script` or not. Errors on any page fail the test, unless they
    are known to come: `errors=False`."""
    watches, contexts = [], []

    def enter(*, width: int = 390, script: bool = True, errors: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=shop,
            viewport={"width": width, "height": HEIGHT},
            locale="vi-VN",
            java_script_enabled=script,
            **options,
        )
        context.add_init_script(NOTICE_SHIFTS)
        context.set_default_timeout(15_000)
        page = context.new_page()
        contexts.append(context)
        if errors:
            watches.append(Watch(page))
        return page

    yield enter
    for context in contexts:
        context.close()
    assert [error for watch in watches for error in watch.errors] == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """A visitor with a phone of 390 pixels."""
    return visit()


@pytest.fixture(scope="session")
def addresses(shop: str) -> dict[str, dict[str, str]]:
    """By language and name, where each kind of page is, found by following links."""
    guest, found = Guest(shop), {}
    for language, root in (("vi", ""), ("en", "/en")):
        listing = dict(listed(guest, root))
        found[language] = {
            name: one.path for name, one in (listing | texts(guest, root, listing["help"])).items()
        }
    return found
