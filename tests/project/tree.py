"""The files of the project as Git sees them: tracked, or new and not ignored."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("marketplace", "catalogue", "producers", "search", "cms")


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]


def python() -> list[Path]:
    """Python written here: forks keep Oscar's migrations unchanged, and migrations are records."""
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def shown(path: Path, line: int | None = None) -> str:
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name
