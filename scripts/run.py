"""`make run`: the shop with its demonstration catalogue on this machine.

1. Refuse a port that is taken. With SEARCH=elasticsearch start a node.
2. Unless STRIPE_SECRET_KEY names an account, start a double of Stripe, so that orders can be paid with test cards;
   unless BANK_ACCOUNT names one, show an invented account for transfers.
3. Bring the database up to date and load the demonstration catalogue (both at once on the second start).
4. Start the web server and the worker; when the shop answers, say where.
5. Stop all on Ctrl-C, or when one of them ends. Loading can be stopped too; the next start goes on with it.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import elasticsearch_node  # noqa: E402  beside this file, wherever we are imported from

from tests.stripe_double.serving import serving  # noqa: E402

MANAGE = (sys.executable, "manage.py")
PATIENCE = 60  # seconds for the shop to answer
QUIETLY = ("--log-level", "warning")
GRACE = 10  # seconds for a process to end by itself
#: Nobody's: no bank has these six digits, and a phone that scans the code finds no account.
INVENTED_BANK = {
    "BANK_NAME": "Ngân hàng Thử nghiệm (không có thật)",
    "BANK_BIN": "999999",
    "BANK_ACCOUNT": "0000000000",
    "BANK_HOLDER": "KHONG CHUYEN TIEN THAT",
}
STOPPERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    port = chosen_port()
    os.environ.setdefault("SITE_ADDRESS", f"http://localhost:{port}")  # what links in mails begin with
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    try:
        with search_node(), payments(port) as told:
            return serve(port, told)
    except elasticsearch_node.Missing as missing:
        sys.exit(f"SEARCH=elasticsearch needs {missing}")
    except KeyboardInterrupt:
        return 1


def serve(port: int, told: str = "") -> int:
    for words, command in preparations():
        print(words, flush=True)
        if not completed(start(*MANAGE, *command)):
            return 1
    processes = [start(*web_server(port)), start(*MANAGE, "worker")]
    return keep(processes, f"http://localhost:{port}/", told)


def preparations() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Preparing the database", ("migrate", "--no-input", "--verbosity=0")
    yield "Loading the catalogue", ("load_demo",)
    if os.environ.get("ELASTICSEARCH_URL"):
        yield "Filling Elasticsearch", ("search_index", "rebuild")


@contextmanager
def search_node() -> Iterator[None]:
    """With SEARCH=elasticsearch a node of our own, unless ELASTICSEARCH_URL names one; else the database searches."""
    engine = os.environ.get("SEARCH") or "database"
    if engine not in ("database", "elasticsearch"):
        sys.exit(f"Environment variable SEARCH is {engine!r}, but must be database or elasticsearch.")
    if engine == "database" or os.environ.get("ELASTICSEARCH_URL"):
        yield
        return
    print("Starting Elasticsearch", flush=True)
    heed_stoppers()
    with elasticsearch_node.throwaway() as node:
        os.environ["ELASTICSEARCH_URL"] = node.url
        yield


@contextmanager
def payments(port: int) -> Iterator[str]:
    """Ways to pay where none is named; says how they can be tried."""
    if not os.environ.get("BANK_ACCOUNT"):
        os.environ.update(INVENTED_BANK)
    if os.environ.get("STRIPE_SECRET_KEY") or os.environ.get("STRIPE_SECRET_KEY_FILE"):
        yield ""
        return
    with serving(later=5.0) as double:
        secret = f"whsec_{secrets.token_hex(16)}"
        os.environ |= {
            "STRIPE_SECRET_KEY": double.secret_key,
            "STRIPE_PUBLISHABLE_KEY": double.publishable_key,
            "STRIPE_WEBHOOK_SECRET": secret,
            "STRIPE_API": double.address,
            "STRIPE_SCRIPT": f"{double.address}/endive/stripe.js",
        }
        double.control("webhook_endpoints", url=f"http://localhost:{port}/thanh-toan/stripe/", secret=secret)
        yield (
            "Cards are tried with a double of Stripe that moves no money: 4242 4242 4242 4242 pays,"
            " 4000 0000 0000 3220 asks for 3-D Secure, 4000 0000 0000 9995 is declined"
        )


def chosen_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        sys.exit(f"Environment variable PORT is {value!r}, but must be a port number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as problem:
            sys.exit(
                f"Port {value} cannot be used ({problem.strerror}). Choose another one: make run PORT=8001"
            )
    return int(value)


def web_server(port: int) -> tuple[str, ...]:
    """One process, whose threads gunicorn.conf.py sets: SQLite and the local cache live in it."""
    options = ("--bind", f"127.0.0.1:{port}", "--workers", "1", "--max-requests", "0")
    return (sys.executable, "-m", "gunicorn", "marketplace.wsgi:application", *options, *QUIETLY)


def start(*command: str) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches it through `stop`, once and in order."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def completed(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process ended well; when somebody stops us it is stopped, and we say no more than that."""
    heed_stoppers()
    try:
        return process.wait() == 0
    except KeyboardInterrupt:
        print("\nStopping", flush=True)
        stop([process])
        return False


def keep(processes: list[subprocess.Popen[bytes]], address: str, told: str = "") -> int:
    """Wait until a process ends or somebody stops us; leave none behind. Returns the exit code."""
    heed_stoppers()
    try:
        if answers(processes, address):
            announce(address, told)
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            print("The web server or the worker has ended.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopping", flush=True)
        return 0
    finally:
        stop(processes)
    return 1


def heed_stoppers() -> None:
    for number in STOPPERS:
        signal.signal(number, signal.default_int_handler)


def answers(processes: list[subprocess.Popen[bytes]], address: str) -> bool:
    """Whether the first page arrives in time while the processes live."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return True
        except urllib.error.HTTPError as problem:
            print(f"{address} answers with an error: {problem}", file=sys.stderr)
            return False
        except OSError:
            time.sleep(0.2)
    print(f"{address} does not answer.", file=sys.stderr)
    return False


def announce(address: str, told: str = "") -> None:
    """The place to look at, the account `load_demo` makes for the staff's side, and what else there is to be told."""
    from marketplace.demo import staff  # importable without Django

    folder = ROOT / Path(os.environ.get("DATA_DIR") or "var").expanduser()
    print(f"\nThe shop is open: {address}")
    print(f"Staff sign in at {address}admin/ as {staff.EMAIL} with the password {staff.password(folder)}")
    print(
        f"and a code: .venv/bin/python manage.py demo_code, or an authenticator app with {staff.totp_secret(folder)}"
    )
    print(f"({staff.app_address(folder)})")
    if told:
        print(told)
    print("Ctrl-C stops it.", flush=True)


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """A second Ctrl-C, or make passing on a signal that we got as well, must not interrupt this."""
    for number in STOPPERS:
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
