import re

import pytest

from tests.project.tree import ROOT

GROUPS = ("base", "demo", "dev")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+) \\$", re.MULTILINE)


def compiled(group: str) -> str:
    return (ROOT / f"requirements/{group}.txt").read_text(encoding="utf-8")


def pins(group: str) -> dict[str, str]:
    return dict(PIN.findall(compiled(group)))


@pytest.mark.parametrize("group", GROUPS)
def test_every_requirement_is_pinned_with_hashes(group: str) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", compiled(group), flags=re.MULTILINE).strip())
    assert [entry for entry in entries if not (PIN.match(entry) and "--hash=sha256:" in entry)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_no_requirement_says_where_it_comes_from(group: str) -> None:
    assert re.findall(r"^-.*|https?://\S+", compiled(group), re.MULTILINE) == []


@pytest.mark.parametrize("group", GROUPS)
def test_everything_asked_for_is_compiled(group: str) -> None:
    lines = (ROOT / f"requirements/{group}.in").read_text(encoding="utf-8").splitlines()
    asked = [re.split(r"[\[<>=\s]", line)[0].lower() for line in lines if line and line[0] not in "#-"]
    assert [name for name in asked if name.replace("_", "-") not in pins(group)] == []


def test_groups_agree_on_versions() -> None:
    agreed: dict[str, str] = {}
    for group in GROUPS:
        for name, version in pins(group).items():
            assert agreed.setdefault(name, version) == version, name
