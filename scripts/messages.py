"""Translations: collect the texts of our packages into locale/*/LC_MESSAGES, and compile them.

Vietnamese is the source, so only English has a catalogue. `messages.py --check` changes nothing and tells
whether the committed files are what collecting and compiling would give.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en",)
IGNORED = (".venv", "var", "staticfiles", "tests", "scripts", "docs", "marketplace/demo/pack_labels")
LOCALE = Path("locale")
MOST = 20  # problems worth reading at once


def main() -> int:
    if "--check" not in sys.argv:
        collect(ROOT)
        return 0
    problems = stale(ROOT)
    print("\n".join(problems[:MOST]) or "Translations are up to date.")
    if len(problems) > MOST:
        print(f"... and {len(problems) - MOST} more")
    return 1 if problems else 0


def collect(tree: Path) -> None:
    """makemessages and compilemessages on a tree; references and dates are left out: they change with every edit."""
    options = [f"--ignore={folder}" for folder in IGNORED] + [
        f"--locale={language}" for language in LANGUAGES
    ]
    (tree / LOCALE).mkdir(exist_ok=True)
    _manage(
        tree,
        "makemessages",
        *options,
        "--no-location",
        "--no-obsolete",
        "--no-wrap",
        "--extension=py,html,txt",
    )
    for language in LANGUAGES:
        po = tree / LOCALE / language / "LC_MESSAGES/django.po"
        po.write_text(
            re.sub(r'^"POT-Creation-Date:.*\n', "", po.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )
        subprocess.run(["msgfmt", "--check-format", "-o", po.with_suffix(".mo"), po], check=True)


def stale(tree: Path) -> list[str]:
    """What collecting in a copy of the tree would change, and what has no translation."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        ignored = shutil.ignore_patterns(
            ".git", ".venv", "var", "staticfiles", "node_modules", "tests", "static"
        )
        shutil.copytree(tree, copy, ignore=ignored)
        collect(copy)
        for language in LANGUAGES:
            for name in ("django.po", "django.mo"):
                file = LOCALE / language / "LC_MESSAGES" / name
                if not (tree / file).exists() or (tree / file).read_bytes() != (copy / file).read_bytes():
                    problems.append(f"{file} is not what `make messages` writes")
            problems += missing(copy / LOCALE / language / "LC_MESSAGES/django.po")
    return problems


def missing(po: Path) -> list[str]:
    """Entries without a translation or marked fuzzy."""
    problems = []
    for kind, flag in (("untranslated", "--untranslated"), ("fuzzy", "--only-fuzzy")):
        command = ["msgattrib", "--no-obsolete", "--no-wrap", flag, str(po)]
        blocks = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n\n")
        found = [re.search(r'^msgid .*(?:\n".*)*', block, re.MULTILINE) for block in blocks]
        problems += [
            f"{kind}: {entry[0]}" for entry in found if entry and "Content-Type:" not in entry.string
        ]
    return problems


def _manage(tree: Path, *arguments: str) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "PYTHONPATH": str(tree),
    }
    subprocess.run([sys.executable, "-m", "django", *arguments], cwd=tree, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
