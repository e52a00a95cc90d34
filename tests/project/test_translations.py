import shutil
import subprocess
import sys

import pytest

from tests.conftest import lacks
from tests.project.tree import ROOT


@pytest.fixture(autouse=True)
def gettext() -> None:
    if shutil.which("msgfmt") is None:
        lacks("gettext")


def test_translations_are_collected_compiled_and_complete() -> None:
    command = [sys.executable, ROOT / "scripts/messages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
