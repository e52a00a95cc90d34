"""Nothing is skipped in silence: where everything must run, what is missing is a failure."""

import pytest

from tests.conftest import lacks


def test_a_missing_service_fails_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Chromium is missing, and CI=true leaves nothing out"):
        lacks("Chromium")


@pytest.mark.parametrize("value", [None, "", "false"])
def test_elsewhere_it_is_a_skip_that_names_the_service(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if value is not None:
        monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match="Chromium is missing"):
        lacks("Chromium")
