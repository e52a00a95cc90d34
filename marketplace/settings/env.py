"""Environment variables, read with a type; nonsense stops the start and names the variable.

Owns how a value is read and what a database address means. Every name asked for is recorded in `asked`,
so that a test can hold `.env.example` and `docker-compose.yml` against the settings. Must not import
anything of the shop or of Django: settings are made from here.

Secrets may stand in a file: `secret("SECRET_KEY")` reads SECRET_KEY, or the file named by SECRET_KEY_FILE.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

asked: set[str] = set()


class WrongEnvironment(SystemExit):
    """Ends the process with one readable line instead of a traceback."""


def refuse(name: str, why: str) -> NoReturn:
    raise WrongEnvironment(f"Environment variable {name} {why}.")


def _read(name: str) -> str | None:
    """The stripped value; empty counts as not set, as in `NAME=` of an env file."""
    asked.add(name)
    return os.environ.get(name, "").strip() or None


def text(name: str, default: str | None = None, *, choices: tuple[str, ...] = ()) -> str:
    value = _read(name) or default
    if value is None:
        refuse(name, "is missing")
    if choices and value not in choices:
        refuse(name, f"is {value!r}, but must be one of: {', '.join(choices)}")
    return value


def flag(name: str, default: bool) -> bool:
    value = _read(name)
    if value is None:
        return default
    if value.lower() not in TRUE + FALSE:
        refuse(name, f"is {value!r}, but must be one of: {', '.join(TRUE + FALSE)}")
    return value.lower() in TRUE


def number(name: str, default: int | None = None, *, least: int = 0, most: int | None = None) -> int:
    value = _read(name)
    if value is None:
        if default is None:
            refuse(name, "is missing")
        return default
    if not (value.isascii() and value.isdigit()):
        refuse(name, f"is {value!r}, but must be a whole number")
    if int(value) < least or (most is not None and int(value) > most):
        refuse(name, f"is {value}, but must be at least {least}" + (f" and at most {most}" if most else ""))
    return int(value)


def listing(name: str, default: tuple[str, ...] | None = None) -> list[str]:
    """Values separated by commas; without a default at least one is required."""
    values = [part.strip() for part in (_read(name) or "").split(",") if part.strip()]
    if not values and default is None:
        refuse(name, "is missing")
    return values or list(default or ())


def folder(name: str, default: str | Path, *, writable: bool = False) -> Path:
    """An existing or newly made folder, if so asked one to write to; a relative one counts from the root."""
    path = ROOT / Path(_read(name) or default).expanduser()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        refuse(name, f"names {path}, which cannot be a folder: {problem.strerror}")
    if writable:
        _write(name, path)
    return path


def _write(name: str, path: Path) -> None:
    """Refuse a folder that takes no file."""
    try:
        TemporaryFile(dir=path).close()
    except OSError as problem:
        refuse(name, f"names {path}, which cannot be written to: {problem.strerror}")


def secret(name: str, default: str | None = None) -> str:
    """NAME, or the content of the file named by NAME_FILE; giving both is refused. Never shown in messages."""
    value, file = _read(name), _read(f"{name}_FILE")
    if value and file:
        refuse(name, f"and {name}_FILE are both set; keep one")
    if file:
        value = _content(name, Path(file))
    value = value or default
    if value is None:
        refuse(name, f"is missing (or {name}_FILE, naming a file that holds it)")
    return value


def _content(name: str, file: Path) -> str:
    try:
        content = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        refuse(f"{name}_FILE", f"names {file}, which cannot be read: {problem}")
    if not content:
        refuse(f"{name}_FILE", f"names {file}, which is empty")
    return content


def database_url(name: str = "DATABASE_URL", default: str | None = None) -> dict[str, Any]:
    """One entry of DATABASES from `sqlite:///relative`, `sqlite:////absolute` or `postgres://user:pass@host:port/name`.

    The address may carry a password, so it can come from a file and is never repeated in a message.
    """
    address = secret(name, default)
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        refuse(name, "is not a database address (encode special characters of the password with %)")
    if parts.scheme == "sqlite":
        return _sqlite(name, parts)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(name, parts)
    refuse(name, "must begin with sqlite:/// or postgres://")


def sqlite_address(file: Path) -> str:
    """For `database_url`: whatever characters the file's path has."""
    return f"sqlite:///{quote(str(file))}"


def _sqlite(name: str, parts: SplitResult) -> dict[str, Any]:
    path = unquote(parts.path).removeprefix("/")
    if parts.netloc or not path:
        refuse(name, "must look like sqlite:///relative/file or sqlite:////absolute/file")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == ":memory:" else str(ROOT / path),
        "OPTIONS": {
            # Readers and one writer side by side; a writer takes its lock at BEGIN and waits instead of failing.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgresql(name: str, parts: SplitResult) -> dict[str, Any]:
    database = unquote(parts.path).removeprefix("/")
    if not database:
        refuse(name, "names no database: postgres://user:password@host:port/database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
