"""The demonstration's staff account: made by `load_demo`, told by `make run`. Importable without Django."""

import os
import secrets
from pathlib import Path

EMAIL = "nhan-vien@cho-ocop.example"


def password(folder: Path) -> str:
    """DEMO_STAFF_PASSWORD, or a random one of this data folder, kept in a file that only its owner reads."""
    if given := os.environ.get("DEMO_STAFF_PASSWORD"):
        return given
    file = folder / "demo_staff_password"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return file.read_text(encoding="utf-8")
