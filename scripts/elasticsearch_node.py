"""A throw-away Elasticsearch node without Docker: the server's jars from Maven Central and three Java classes.

Own data folder, free port of the loopback address, stopped at the end. It has no security and no modules: it is for
tests, benchmarks and `make run SEARCH=elasticsearch`. Jars (46 MB) and classes are kept in CACHE once they are made.

As a program it runs a command beside the node, with ELASTICSEARCH_URL set: `scripts/elasticsearch_node.py pytest tests/search`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "elasticsearch_node_java"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cho-ocop" / "elasticsearch"
LEAST_JAVA = 21
JVM = Path("/usr/lib/jvm")
START_SECONDS = 90
STOP_SECONDS = 20
# Flags that silence warnings and let Lucene use the vector unit; the node starts without them as well.
FLAGS = (
    "--add-modules",
    "jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "-Djava.awt.headless=true",
)


class Missing(RuntimeError):
    """Something that the node needs is not on this machine; the text says what to install."""


@dataclass(frozen=True, slots=True)
class Node:
    """A running node: where it answers, its process, and its folder, from which it can be started again."""

    url: str
    process: subprocess.Popen[str]
    folder: Path

    def stop(self) -> None:
        """Let it close its files and end."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL, as when the machine's power goes."""
        self.process.kill()
        self.process.wait()


def jdk() -> Path:
    """A JDK of LEAST_JAVA or newer: JAVA_HOME, else the newest under /usr/lib/jvm, else the one on PATH."""
    given = os.environ.get("JAVA_HOME")
    if given and _major(Path(given)) >= LEAST_JAVA:
        return Path(given)
    found = max(JVM.glob("*/"), key=_major, default=None)
    if found and _major(found) >= LEAST_JAVA:
        return found
    compiler = shutil.which("javac")
    home = Path(compiler).resolve().parent.parent if compiler else None
    if home and _major(home) >= LEAST_JAVA:
        return home
    raise Missing(f"a JDK of version {LEAST_JAVA} or newer: set JAVA_HOME, or install one under /usr/lib/jvm")


def _major(home: Path) -> int:
    """The version of a JDK's folder; 0 where there is none or it cannot compile."""
    release = home / "release"
    if not (home / "bin" / "javac").exists() or not release.exists():
        return 0
    version = re.search(r'JAVA_VERSION="(?:1\.)?(\d+)', release.read_text(encoding="utf-8"))
    return int(version.group(1)) if version else 0


def version() -> str:
    """The version of the server that pom.xml pins."""
    found = re.search(r"<es\.version>(.+)</es\.version>", (SOURCE / "pom.xml").read_text(encoding="utf-8"))
    assert found
    return found.group(1)


def classpath(home: Path) -> str:
    """Jars and classes, fetched and compiled the first time. Raises Missing without Maven."""
    jars = CACHE / f"jars-{version()}"
    if not jars.exists():
        _build(jars, _fetch, home)
    stamp = max(path.stat().st_mtime_ns for path in SOURCE.rglob("*.*"))
    classes = CACHE / f"classes-{version()}-{stamp}"
    if not classes.exists():
        _build(classes, _compile, home, jars)
    return f"{classes}:{jars}/*"


def _build(target: Path, make: Callable[..., None], *arguments: Path) -> None:
    """Make a folder beside its place and move it there whole: a run that was stopped leaves nothing half done."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix="part-", dir=target.parent))
    try:
        make(part, *arguments)
        try:
            part.rename(target)
        except OSError:  # another run was quicker
            if not target.exists():
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fetch(target: Path, home: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise Missing("Maven: apt install maven")
    command = [maven, "-B", "-q", "-f", f"{SOURCE}/pom.xml", "dependency:copy-dependencies"]
    options = [f"-DoutputDirectory={target}", "-DincludeScope=runtime", "-Dstyle.color=never"]
    subprocess.run(
        [*command, *options], check=True, stdout=sys.stderr, env=os.environ | {"JAVA_HOME": str(home)}
    )


def _compile(target: Path, home: Path, jars: Path) -> None:
    sources = sorted(SOURCE.rglob("*.java"))
    options = ["-nowarn", "-proc:none", "-d", str(target), "-cp", f"{jars}/*"]
    subprocess.run([f"{home}/bin/javac", *options, *map(str, sources)], check=True, stdout=sys.stderr)
    shutil.copy(SOURCE / "src" / "log4j2.properties", target)


def start(folder: Path, *, port: int = 0, heap: str = "512m") -> Node:
    """Start a node over this folder and wait until its indices can be used. Raises Missing or RuntimeError."""
    home = jdk()
    memory = (f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC")
    command = [f"{home}/bin/java", *memory, *FLAGS, "-cp", classpath(home)]
    with (folder / "node.log").open("a") as log:
        process = subprocess.Popen(
            [*command, "org.elasticsearch.node.CentralNode", str(port), str(folder)],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,  # Ctrl-C is for us; we stop it in order
        )
    assert process.stdout
    for line in process.stdout:
        if line.startswith('{"event":"ready"'):
            node = Node(json.loads(line)["url"], process, folder)
            _wait_until_usable(node)
            return node
    raise RuntimeError(f"Elasticsearch did not start:\n{(folder / 'node.log').read_text()[-3000:]}")


def _wait_until_usable(node: Node) -> None:
    """Indices of an earlier run are red for a moment after the start."""
    until = time.monotonic() + START_SECONDS
    path = "/_cluster/health?wait_for_status=yellow&timeout=5s"
    while time.monotonic() < until and node.process.poll() is None:
        try:
            with urllib.request.urlopen(node.url + path, timeout=10) as answer:
                if not json.load(answer)["timed_out"]:
                    return
        except OSError:
            time.sleep(0.1)
    node.kill()
    raise RuntimeError("Elasticsearch started, but its indices stayed unusable")


@contextmanager
def throwaway(*, heap: str = "512m") -> Iterator[Node]:
    """A running, empty node, which is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shop-elasticsearch-"))
    try:
        node = start(folder, heap=heap)
        try:
            yield node
        finally:
            node.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        with throwaway() as running:
            environment = os.environ | {"ELASTICSEARCH_URL": running.url}
            sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
    except Missing as missing:
        sys.exit(f"Elasticsearch needs {missing}")
