"""Rules of the house that no linter of others knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.tree import OURS, ROOT, python, shown, tracked

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_TEST = 25
VENDORED = ("static/vendor/",)
MAIL = re.compile(r"templates/communication/\w+/")  # mail programs know no stylesheet

# Each with a letter in brackets, so that this file does not name what it forbids.
HOSTS = (
    r"p[y]pi\.org",
    r"python[h]osted\.org",
    r"npm[j]s\.",
    r"proxy\.g[o]lang",
    r"crate[s]\.io",
    r"repo1?\.m[a]ven",
)
PLACES = (r"(?<![\w.-])/(w[o]rk|r[o]ot|f[a]rm)/", r"/tmp/[b]ash_jobs", r"/tmp/s[c]ratch")
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b|# no[q]a\s*$|# type: [i]gnore\s*$", re.MULTILINE)
CLOCK = {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("datetime", "now"),
         ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("time", "time_ns"),
         ("time", "localtime"), ("time", "gmtime"), ("datetime", "utcfromtimestamp"), ("functions", "Now")}  # fmt: skip


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def asks_the_system(node: ast.AST) -> bool:
    """`date.today`, called or handed on, and `auto_now`."""
    if isinstance(node, ast.Attribute):
        owner = node.value
        name = (
            owner.id
            if isinstance(owner, ast.Name)
            else owner.attr
            if isinstance(owner, ast.Attribute)
            else ""
        )
        return (name, node.attr) in CLOCK
    if isinstance(node, ast.ImportFrom):
        return any((str(node.module).rpartition(".")[2], alias.name) in CLOCK for alias in node.names)
    return isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    found = [
        shown(path, function.lineno)
        for path in python()
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    ]
    assert found == []


def test_no_test_is_longer_than_it_needs_to_be() -> None:
    found = [
        shown(path, function.lineno)
        for path in python()
        if path.name.startswith("test_")
        for function in functions(path)
        if function.name.startswith("test_") and length(function) > LONGEST_TEST
    ]
    assert found == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = [
        shown(path, getattr(node, "lineno", None))
        for path in python()
        if path.relative_to(ROOT).parts[0] in OURS and shown(path) != "marketplace/clock.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if asks_the_system(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["timezone.now()", "f(default=date.today)", "datetime.datetime.now()", "F(auto_now=True)",
     "from django.utils.timezone import now"],
)  # fmt: skip
def test_the_clock_rule_sees_every_way_to_ask(line: str) -> None:
    assert any(asks_the_system(node) for node in ast.walk(ast.parse(line)))


def text_files() -> dict[str, str]:
    """Everything Git tracks that is text and was written here."""
    own = [path for path in tracked() if not shown(path).startswith(VENDORED)]
    contents = {shown(path): path.read_bytes() for path in own}
    return {name: content.decode("utf-8") for name, content in contents.items() if b"\0" not in content}


@pytest.mark.parametrize("forbidden", [*HOSTS, *PLACES])
def test_no_file_names_a_package_registry_or_a_place_on_one_machine(forbidden: str) -> None:
    assert [name for name, content in text_files().items() if re.search(forbidden, content)] == []


def test_nothing_is_left_unfinished_or_silenced() -> None:
    found = [shown(path) for path in python() if UNFINISHED.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_templates_carry_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(\ssrc=|application/ld\+json|json_script))"
    )
    pages = (path for path in tracked("templates/*.html") if not MAIL.match(shown(path)))
    assert [shown(path) for path in pages if inline.search(path.read_text(encoding="utf-8"))] == []
