import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.settings import env


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "NAME_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("maybe", lambda: env.flag("NAME", False)),
        ("ten", lambda: env.number("NAME", 1)),
        ("-1", lambda: env.number("NAME", 1)),
        ("70000", lambda: env.number("NAME", 1, most=65535)),
        ("blue", lambda: env.text("NAME", "red", choices=("red", "green"))),
        ("mysql://somewhere/shop", lambda: env.database_url("NAME")),
        ("sqlite://file", lambda: env.database_url("NAME")),
        ("postgres://shop@host", lambda: env.database_url("NAME")),
        ("postgres://shop@host:port/shop", lambda: env.database_url("NAME")),
    ],
)
def test_nonsense_stops_the_start_and_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, value: str, read: Callable[..., object]
) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(SystemExit, match="variable NAME "):
        read()


@pytest.mark.parametrize("read", [env.text, env.number, env.listing, env.secret, env.database_url])
def test_what_is_missing_or_empty_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, read: Callable[..., object]
) -> None:
    monkeypatch.setenv("NAME", "  ")
    with pytest.raises(SystemExit, match="NAME is missing"):
        read("NAME")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False)]
)
def test_a_flag_understands_the_usual_words(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("NAME", value)
    assert env.flag("NAME", not expected) is expected


def test_a_default_stands_in_for_what_is_not_set() -> None:
    assert env.text("NAME", "red") == "red"
    assert env.number("NAME", 7) == 7
    assert env.flag("NAME", True) is True
    assert env.listing("NAME", ("a",)) == ["a"]


def test_a_listing_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "shop.example, www.shop.example,")
    assert env.listing("NAME") == ["shop.example", "www.shop.example"]


def test_a_folder_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NAME", str(tmp_path / "a" / "b"))
    assert env.folder("NAME", "var") == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_is_a_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NAME", str(tmp_path / "file"))
    with pytest.raises(SystemExit, match="variable NAME names"):
        env.folder("NAME", "var")


def test_a_folder_that_must_take_files_and_does_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "/proc/self")  # where not even root makes a file
    assert env.folder("NAME", "var").is_dir()
    with pytest.raises(SystemExit, match="variable NAME names /proc/self, which cannot be written to"):
        env.folder("NAME", "var", writable=True)


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "key"))
    assert env.secret("NAME") == "s3cret"


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NAME", "one")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "key"))
    with pytest.raises(SystemExit, match="both set"):
        env.secret("NAME")


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_secret_file_without_a_secret_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "key").write_text(content)
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "key"))
    with pytest.raises(SystemExit, match="NAME_FILE names"):
        env.secret("NAME")


def test_a_wrong_address_never_shows_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "mysql://shop:hunter2@host/shop")
    with pytest.raises(SystemExit) as refused:
        env.database_url("NAME")
    assert "hunter2" not in str(refused.value)


def test_postgresql_is_read_from_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "postgres://shop:p%40ss@db.example:5433/cho?sslmode=require")
    database = env.database_url("NAME")
    assert [database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "cho", "shop", "p@ss", "db.example", "5433",
    ]  # fmt: skip
    assert database["OPTIONS"] == {"sslmode": "require"}
    assert database["CONN_HEALTH_CHECKS"] is True


def test_sqlite_writes_ahead_and_takes_its_lock_at_once() -> None:
    database = env.database_url("NAME", "sqlite:///var/shop.sqlite3")
    assert database["NAME"] == str(env.ROOT / "var/shop.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_an_absolute_sqlite_address_has_four_slashes(tmp_path: Path) -> None:
    assert env.database_url("NAME", f"sqlite:///{tmp_path}/x.db")["NAME"] == f"{tmp_path}/x.db"


def test_every_name_asked_for_is_recorded() -> None:
    env.secret("NAME", "default")
    assert {"NAME", "NAME_FILE"} <= env.asked


def test_the_database_stays_in_its_folder_whatever_the_folder_is_called(tmp_path: Path) -> None:
    data = tmp_path / "C#, 100%20 chè?"
    program = "from marketplace.settings import dev; print(dev.DATABASES['default']['NAME'])"
    environment = os.environ | {"DATA_DIR": str(data), "DATABASE_URL": "", "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=env.ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=True,
    )
    assert told.stdout.strip() == str(data / "shop.sqlite3")
