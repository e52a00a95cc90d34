"""The benchmark itself, small: it runs to its end, and the SQL counts that hold at any size are kept."""

import subprocess
import sys

import pytest

from scripts import postgres
from tests.conftest import lacks
from tests.project.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


def test_a_small_run_ends_and_keeps_its_sql_counts() -> None:
    if not postgres.programs():
        lacks("PostgreSQL's programs")
    command = [sys.executable, "-m", "tests.benchmarks.run", "--size", "500", "--rounds", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "browse, all facets" in done.stdout
    assert "missed" not in done.stdout
