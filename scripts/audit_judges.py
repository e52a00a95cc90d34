"""The outside judges: Lighthouse, the Nu HTML checker, and a pair of scales.

Their packages live in a cache folder of the user, at the versions named here, never in the project.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from audit_visit import Page

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cho-ocop" / "audit"
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
LACKING = {"npm": "npm", "node": "nodejs", "java": "default-jre-headless", "chromium": "chromium"}
MOST_KILOBYTES = 100
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3  # the median counts where the first run misses: performance on a busy machine is a matter of luck
CHROME = (
    "--headless=new --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def require() -> None:
    """Stop with the names of what is missing; install the two packages when they are not there."""
    missing = [package for program, package in LACKING.items() if shutil.which(program) is None]
    if missing:
        raise SystemExit(
            f"`make audit` needs programs that this machine lacks: {', '.join(missing)}\n"
            f"On Debian or Ubuntu install them with: sudo apt install {' '.join(missing)}"
        )
    if all(installed(package) for package in PACKAGES):
        return
    print(f"Installing {' and '.join(PACKAGES)} into {CACHE}", flush=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error")
    done = subprocess.run(["npm", "install", *quiet, "--prefix", CACHE, *PACKAGES], check=False)
    if done.returncode:
        raise SystemExit("npm could not install them.")


def installed(package: str) -> bool:
    name, _at, version = package.partition("@")
    manifest = CACHE / "node_modules" / name / "package.json"
    return manifest.exists() and json.loads(manifest.read_text())["version"] == version


def markup(documents: dict[str, str]) -> list[str]:
    """Errors the Nu HTML checker finds, each with the page's name and line."""
    with tempfile.TemporaryDirectory() as folder:
        for name, html in documents.items():
            (Path(folder) / f"{name}.html").write_text(html, encoding="utf-8")
        jar = CACHE / "node_modules/vnu-jar/build/dist/vnu.jar"
        options = ("--format", "json", "--stdout", "--exit-zero-always", "--errors-only", "--skip-non-html")
        done = subprocess.run(
            ["java", "-jar", jar, *options, folder], capture_output=True, text=True, check=True
        )
    return [
        f"{Path(message['url']).stem.replace('%20', ' ')}, line {message.get('lastLine', '?')}: "
        f"{message['message']}"
        for message in json.loads(done.stdout)["messages"]
    ]


def weight(address: str, page: Page) -> int:
    """Bytes of the page, its style sheets and scripts, as a server sends them compressed."""
    files = re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"', page.html)
    contents = [page.html.encode()]
    for path in (style or script for style, script in files):
        with urllib.request.urlopen(address + path, timeout=60) as answer:
            contents.append(answer.read())
    return sum(len(gzip.compress(content, 6)) for content in contents)


def lighthouse(address: str) -> tuple[dict[str, int], list[str]]:
    """Scores by category, of 100, and what took points."""
    reports = [_report(address)]
    if _scores(reports[0])["performance"] < GOALS["performance"]:
        reports += [_report(address) for _again in range(RUNS - 1)]
    scores = [_scores(report) for report in reports]
    middle = {goal: int(statistics.median(score[goal] for score in scores)) for goal in GOALS}
    return middle, _reasons(reports[-1])


def _report(address: str) -> dict[str, Any]:
    flags = f"{CHROME} --no-sandbox" if os.geteuid() == 0 else CHROME
    program = str(CACHE / "node_modules/lighthouse/cli/index.js")
    command = ["node", program, address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(GOALS)}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Lighthouse failed at {address}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _scores(report: dict[str, Any]) -> dict[str, int]:
    return {goal: round(100 * (report["categories"][goal]["score"] or 0)) for goal in GOALS}


def _reasons(report: dict[str, Any]) -> list[str]:
    """Audits that are part of a score and lost points."""
    reasons = []
    for goal in GOALS:
        for part in report["categories"][goal]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                reasons.append(f"{goal}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return reasons
