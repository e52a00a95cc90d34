from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace import clock
from marketplace.accounts.codes import code_at
from marketplace.demo import staff
from tests.project.tree import ROOT


def told() -> str:
    said = StringIO()
    call_command("demo_code", stdout=said)
    return said.getvalue().strip()


def test_the_present_code_is_told_in_development(settings: Any, tmp_path: Path) -> None:
    settings.DEVELOPMENT, settings.DATA_DIR = True, tmp_path
    moment = clock.now()
    with clock.at(moment):
        assert told() == code_at(secret=staff.totp_secret(tmp_path), moment=moment)


def test_it_is_not_told_elsewhere() -> None:
    with pytest.raises(CommandError, match="development settings only"):
        told()


def test_only_the_development_settings_say_that_they_are() -> None:
    files = sorted((ROOT / "marketplace/settings").glob("*.py"))
    assert [file.name for file in files if "DEVELOPMENT = True" in file.read_text(encoding="utf-8")] == [
        "dev.py"
    ]


def test_codes_are_those_of_the_standard() -> None:
    from datetime import UTC, datetime

    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    moment = datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)
    assert code_at(secret=secret, moment=moment) == "081804"
