"""The demonstration's staff account: made by `load_demo`, told by `make run`. Importable without Django."""

import base64
import os
import secrets
from pathlib import Path

EMAIL = "nhan-vien@cho-ocop.example"


def password(folder: Path) -> str:
    """DEMO_STAFF_PASSWORD, or a random one of this data folder, kept in a file that only its owner reads."""
    given = os.environ.get("DEMO_STAFF_PASSWORD")
    return given or _kept(folder / "demo_staff_password", secrets.token_urlsafe(9))


def totp_secret(folder: Path) -> str:
    """DEMO_STAFF_TOTP, or a random secret of this data folder, kept likewise: what an authenticator app is given."""
    given = os.environ.get("DEMO_STAFF_TOTP")
    if given is None:
        return _kept(folder / "demo_staff_totp", base64.b32encode(secrets.token_bytes(20)).decode())
    try:
        base64.b32decode(given, casefold=True)
    except ValueError as error:
        raise SystemExit(f"Environment variable DEMO_STAFF_TOTP is not base 32: {error}") from error
    return given


def app_address(folder: Path) -> str:
    """What authenticator apps open, or read from a square code."""
    return f"otpauth://totp/{EMAIL}?secret={totp_secret(folder)}&issuer=Cho%20OCOP"


def _kept(file: Path, made: str) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(made, encoding="utf-8")
    return file.read_text(encoding="utf-8")
