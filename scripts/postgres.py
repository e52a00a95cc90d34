"""A throw-away PostgreSQL: own data folder, free port, unprivileged user, nothing kept.

As a program it runs a command beside the server, with DATABASE_URL set: `scripts/postgres.py pytest tests/order`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest Debian has, else that of the search path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("pg_ctl")
    return debian[-1] if debian else Path(found).parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def throwaway() -> Iterator[str]:
    """The address of a running server's empty database `shop`."""
    folder = Path(tempfile.mkdtemp(prefix="shop-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        port = free_port()
        _server(
            "initdb", "-D", folder / "data", "-U", "shop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = " ".join(f"-c {setting}" for setting in FAST)
        options += f" -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        _server("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        try:
            _server("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "shop", "shop")
            yield f"postgres://shop@127.0.0.1:{port}/shop"
        finally:
            _server("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs; it refuses to run as root, so root becomes `postgres`."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is missing: apt install postgresql")
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        [folder / program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        **user,  # type: ignore[call-overload]
    )


if __name__ == "__main__":
    with throwaway() as address:
        sys.exit(
            subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": address}, check=False).returncode
        )
