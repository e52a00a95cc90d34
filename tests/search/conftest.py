"""The demonstration catalogue as a visitor searches it, and names that are read anew."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from marketplace import clock
from marketplace.demo.loading import load_demo
from marketplace.demo.loading.progress import Progress
from tests.conftest import forget, settle, until_the_modules_end


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Loaded once for the module, without pictures, and rolled back at its end."""
    folder = tmp_path_factory.mktemp("demo")
    with until_the_modules_end(django_db_blocker):
        load_demo(today=clock.today(), folder=folder, progress=Progress(io.StringIO()), pictures=0)
        settle()
        forget()
        yield
    forget()
