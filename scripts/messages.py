"""Translations: collect the texts of our packages into locale/en, and compile every catalogue.

locale/en is collected: Vietnamese is the source, and English translates all of it.
locale/vi is written by hand: English texts of installed packages that our visitors meet, and that those
packages do not say in Vietnamese, or not well.

`messages.py --check` changes nothing. It compares messages, not files: gettext's versions differ in comments,
order and line breaks.
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
SOURCES = ("marketplace", "catalogue", "producers", "search", "cms", "templates")
IGNORED = "marketplace/demo/pack_labels"  # what a drawn pack says stays Vietnamese
COLLECTED = Path("locale/en/LC_MESSAGES/django.po")
CATALOGUES = (COLLECTED, Path("locale/vi/LC_MESSAGES/django.po"))
COLLECT = ("makemessages", "--locale=en", "--extension=py,html,txt", f"--ignore={IGNORED}")
PLAIN = ("--no-location", "--no-wrap", "--no-obsolete")
MOST = 20  # problems worth reading at once

Messages = dict[str, str]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = collect(ROOT, Path(folder))
        if "--check" not in sys.argv:
            shutil.copyfile(fresh, ROOT / COLLECTED)
            for po in CATALOGUES:
                compile_catalogue(ROOT / po)
        problems = [*unfinished(fresh), *uncollected(ROOT / COLLECTED, fresh)]
    for po in CATALOGUES:
        problems += uncompiled(ROOT / po)
    print("\n".join(problems[:MOST]) or "Translations are complete.")
    if len(problems) > MOST:
        print(f"... and {len(problems) - MOST} more")
    return 1 if problems else 0


def collect(tree: Path, folder: Path) -> Path:
    """makemessages on a copy: it leaves files beside the templates while it reads them.

    The date is left out: it changes every time.
    """
    python = shutil.ignore_patterns("__pycache__", "migrations")
    for name in SOURCES:
        shutil.copytree(tree / name, folder / name, ignore=python)
    po = folder / COLLECTED
    po.parent.mkdir(parents=True)
    if (tree / COLLECTED).exists():
        shutil.copyfile(tree / COLLECTED, po)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", *COLLECT, *PLAIN, "--verbosity=0"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    po.write_text(re.sub(r'^"POT-Creation-Date:.*\n', "", po.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return po


def compile_catalogue(po: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", po.with_suffix(".mo"), po], check=True)


def uncollected(po: Path, fresh: Path) -> list[str]:
    """Messages that the committed catalogue lacks, or has and nobody uses."""
    committed, collected = messages("msgattrib", po), messages("msgattrib", fresh)
    return [f"not collected: {text}" for text in collected.keys() - committed.keys()] + [
        f"no longer used: {text}" for text in committed.keys() - collected.keys()
    ]


def uncompiled(po: Path) -> list[str]:
    """Messages that the compiled catalogue says otherwise than its source."""
    source = messages("msgattrib", po, "--translated", "--no-fuzzy")
    compiled = messages("msgunfmt", po.with_suffix(".mo"))
    return sorted(f"not compiled: {text}" for text, _ in source.items() ^ compiled.items())


def unfinished(po: Path) -> list[str]:
    found = {
        "untranslated": messages("msgattrib", po, "--untranslated"),
        "to be confirmed": messages("msgattrib", po, "--only-fuzzy"),
    }
    return [f"{kind}: {text}" for kind, texts in found.items() for text in texts]


def messages(program: str, catalogue: Path, *options: str) -> Messages:
    """What a catalogue says: context and source text -> translation, both as gettext writes them."""
    plain = PLAIN if program == "msgattrib" else ("--no-wrap",)
    command = [program, *plain, *options, str(catalogue)]
    written = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    lines = "".join(line for line in written.splitlines(keepends=True) if not line.startswith("#"))
    entries = (entry.strip().partition("\nmsgstr") for entry in lines.split("\n\n"))
    return {text: said for text, _, said in entries if text and text != 'msgid ""'}


if __name__ == "__main__":
    sys.exit(main())
