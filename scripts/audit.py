"""`make audit`: the served pages before outside judges. Not part of `make test`: it needs Node, Java and their packages.

1. Name what this machine lacks, and stop; install Lighthouse and the Nu HTML checker into a cache folder.
2. Start the shop on a free port, unless ADDRESS names one that runs.
3. Visit it as a guest who buys (it leaves one order) and note the pages to judge.
4. Judge markup, weight and Lighthouse's scores; print each against its goal.
5. Close with what missed its goal; the exit code says whether anything did.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import audit_judges as judges
from audit_visit import Guest, Page, pages
from postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600  # seconds for a first start, which loads the catalogue
SCORED = ("home", "browse", "product", "producer", "story")
WEIGHED = ("browse", "product")
LANGUAGES = ("vi", "en")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", choices=("markup", "weight", "scores"), action="append", help="leave the other judges out"
    )
    wanted = parser.parse_args().only or ["markup", "weight", "scores"]
    judges.require()
    with running_shop() as address:
        found = {language: pages(Guest(address), language) for language in LANGUAGES}
        misses = [miss for name in wanted for miss in JUDGES[name](address, found)]
    print(f"\nMissed: {'; '.join(misses)}" if misses else "\nAll goals are met.")
    return 1 if misses else 0


@contextmanager
def running_shop() -> Iterator[str]:
    """ADDRESS, or a shop of our own with the folder DATA_DIR names."""
    if given := os.environ.get("ADDRESS"):
        yield given.rstrip("/")
        return
    port = free_port()
    environment = os.environ | {"PORT": str(port)}
    command = [sys.executable, "scripts/run.py"]
    shop = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        wait_for(f"http://localhost:{port}/suc-khoe/", shop)
        yield f"http://localhost:{port}"
    finally:
        shop.send_signal(signal.SIGTERM)
        shop.wait()


def wait_for(address: str, shop: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and shop.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.5)
    raise SystemExit("The shop did not start; `make run` tells why.")


def judge_markup(address: str, found: dict[str, dict[str, Page]]) -> list[str]:
    named = {f"{language} {name}": page for language in found for name, page in found[language].items()}
    problems = judges.markup({name: page.html for name, page in named.items()})
    print(f"\nMarkup: {len(named)} pages, {len(problems)} errors")
    for problem in problems:
        print(f"  {problem}")
    return ["markup"] if problems else []


def judge_weight(address: str, found: dict[str, dict[str, Page]]) -> list[str]:
    print("\nWeight: HTML, CSS and JavaScript, compressed")
    misses = []
    for name in WEIGHED:
        kilobytes = judges.weight(address, found["vi"][name]) / 1000
        print(f"  {name:<10} {kilobytes:6.1f} kB  (at most {judges.MOST_KILOBYTES})")
        if kilobytes > judges.MOST_KILOBYTES:
            misses.append(f"weight of {name}")
    return misses


def judge_scores(address: str, found: dict[str, dict[str, Page]]) -> list[str]:
    print(f"\nLighthouse, mobile{'':<12}" + "  ".join(judges.GOALS))
    misses = []
    for language in LANGUAGES:
        for name in SCORED:
            scores, reasons = judges.lighthouse(address + found[language][name].path)
            below = [goal for goal, least in judges.GOALS.items() if scores[goal] < least]
            misses += [f"{goal} of {name} ({language})" for goal in below]
            row = "  ".join(f"{scores[goal]:>{len(goal) - 4}}/{judges.GOALS[goal]:<3}" for goal in scores)
            print(f"  {name} ({language}){'':<{24 - len(name)}} {row}", flush=True)
            for reason in reasons if below else ():
                print(f"      {reason}")
    return misses


JUDGES = {"markup": judge_markup, "weight": judge_weight, "scores": judge_scores}

if __name__ == "__main__":
    sys.exit(main())
