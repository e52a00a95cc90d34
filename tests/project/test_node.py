"""Which Java the Elasticsearch node of the tests is started with."""

from pathlib import Path

import pytest

from scripts import elasticsearch_node

MAJORS = {
    "home-25": 25,
    "home-17": 17,
    "jvm/old-17": 17,
    "jvm/new-24": 24,
    "jvm/newest-25": 25,
    "path-21": 21,
}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Homes of Java named by their version, and no JAVA_HOME."""
    for name in MAJORS:
        (tmp_path / name / "bin").mkdir(parents=True)
    (tmp_path / "path-21/bin/javac").touch(mode=0o755)
    majors = {tmp_path / name: major for name, major in MAJORS.items()}
    monkeypatch.setattr(elasticsearch_node, "_major", lambda home: majors.get(Path(home), 0))
    monkeypatch.setattr(elasticsearch_node, "JVM", tmp_path / "jvm")
    monkeypatch.setenv("PATH", str(tmp_path / "path-21/bin"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("java_home", "removed", "chosen"),
    [
        ("home-25", [], "home-25"),
        ("home-17", [], "jvm/newest-25"),
        ("", ["jvm/newest-25"], "jvm/new-24"),
        ("", ["jvm/newest-25", "jvm/new-24"], "path-21"),
    ],
)
def test_java_home_comes_first_then_the_newest_then_the_one_on_the_path(
    machine: Path, monkeypatch: pytest.MonkeyPatch, java_home: str, removed: list[str], chosen: str
) -> None:
    for name in removed:
        (machine / name / "bin").rmdir()
        (machine / name).rmdir()
    if java_home:
        monkeypatch.setenv("JAVA_HOME", str(machine / java_home))
    assert elasticsearch_node.jdk() == machine / chosen


def test_without_a_new_enough_one_it_is_said_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elasticsearch_node, "_major", lambda home: 17)
    with pytest.raises(elasticsearch_node.Missing, match="JDK of version 21 or newer"):
        elasticsearch_node.jdk()
