"""The shop as it is served, in processes of its own before the test's database, and browsers without script."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from django.db import connection

from scripts.postgres import free_port
from tests.project.tree import ROOT


def environment(database: str = "", **variables: str) -> dict[str, str]:
    """What makes another process use the database of this test, or another one of the same server."""
    settings = connection.settings_dict
    name = database or settings["NAME"]
    address = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        place = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
        address = f"postgres://{place}/{name}"
    known = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    return os.environ | known | variables


@contextmanager
def serving(*, processes: int, threads: int, variables: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a running shop, before the database of this test unless its `variables` say otherwise."""
    address = f"127.0.0.1:{free_port()}"
    options = ["--bind", address, "--workers", str(processes), "--threads", str(threads)]
    command = [sys.executable, "-m", "gunicorn", "marketplace.wsgi:application", *options]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=variables or environment())
    try:
        _wait(f"http://{address}/suc-khoe/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(20)


def _wait(url: str) -> None:
    for _attempt in range(300):
        try:
            requests.get(url, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


FORGERY_TOKEN = "k" * 32  # any will do, as long as cookie and form agree


class Browser:
    """Speaks like Django's test client, to a real server: cookies, no redirects unless asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.cookies.set("csrftoken", FORGERY_TOKEN)
        # Kept open, a connection may be closed by the server just as the next form is sent.
        self.session.headers["Connection"] = "close"

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=60)

    def post(self, path: str, data: dict[str, Any], follow: bool = False) -> requests.Response:
        fields = data | {"csrfmiddlewaretoken": FORGERY_TOKEN}
        return self.session.post(self.address + path, fields, allow_redirects=follow, timeout=60)
