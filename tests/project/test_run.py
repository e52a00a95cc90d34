"""What `make run` does before and after the shop is open."""

import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from marketplace.demo import staff
from tests.project.tree import ROOT

SLEEP = "import scripts.run as run, sys; sys.exit(run.keep([run.start('sleep', '60'), run.start('sleep', '{}')], '{}'))"

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
KEEP_STUBBORN = (
    "import scripts.run as run, sys; run.GRACE = 2;"
    f" sys.exit(run.keep([run.start(sys.executable, '-c', '{STUBBORN}')], '{{}}'))"
)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def run(port: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts/run.py"]
    return subprocess.run(
        command, env={"PORT": str(port)}, text=True, capture_output=True, check=False, timeout=30
    )


def test_a_taken_port_is_named_before_anything_is_started(taken_port: int) -> None:
    done = run(taken_port)
    assert done.returncode != 0
    assert done.stdout == ""
    assert f"Port {taken_port} cannot be used" in done.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    done = run(port)
    assert done.returncode != 0
    assert "variable PORT is" in done.stderr


def keeping(seconds: int, port: int) -> subprocess.Popen[str]:
    code = SLEEP.format(seconds, f"http://127.0.0.1:{port}/")
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, text=True, stderr=subprocess.PIPE)


def children(pid: int) -> list[str]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


def alive(pids: list[str]) -> list[str]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "-p", ",".join(pids)], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(taken_port: int, number: signal.Signals) -> None:
    keeper = keeping(60, taken_port)
    while len(started := children(keeper.pid)) < 2:
        time.sleep(0.05)
    time.sleep(0.2)
    keeper.send_signal(number)
    assert keeper.wait(15) == 0
    assert alive(started) == []


def test_stopping_twice_leaves_no_process_behind(taken_port: int) -> None:
    code = KEEP_STUBBORN.format(f"http://127.0.0.1:{taken_port}/")
    keeper = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    while not (started := children(keeper.pid)):
        time.sleep(0.05)
    time.sleep(1)
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
        keeper.send_signal(number)
        time.sleep(0.5)
    assert keeper.wait(15) == 0
    assert alive(started) == []


def test_stopping_while_the_shop_is_prepared_stops_that_quietly() -> None:
    code = "import scripts.run as run, sys; sys.exit(not run.completed(run.start('sleep', '60')))"
    keeper = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, text=True, stderr=subprocess.PIPE)
    while not (started := children(keeper.pid)):
        time.sleep(0.05)
    time.sleep(0.2)
    keeper.send_signal(signal.SIGINT)
    assert keeper.communicate(timeout=15)[1] == ""
    assert keeper.returncode == 1
    assert alive(started) == []


def test_when_one_process_ends_the_other_is_stopped(taken_port: int) -> None:
    keeper = keeping(1, taken_port + 1 if taken_port < 65535 else taken_port - 1)
    started: list[str] = []
    threading.Timer(0.6, lambda: started.extend(children(keeper.pid))).start()
    assert keeper.wait(15) == 1
    assert len(started) == 2
    assert alive(started) == []


def test_the_newcomer_is_told_the_account_its_factor_and_how_to_get_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.syspath_prepend(ROOT / "scripts")
    importlib.import_module("run").announce("http://localhost:8001/")
    told = capsys.readouterr().out
    for word in (staff.EMAIL, staff.password(tmp_path), staff.totp_secret(tmp_path), "otpauth://totp/"):
        assert word in told
    assert ".venv/bin/python manage.py demo_code" in told


WAYS_TO_PAY = [
    *("STRIPE_SECRET_KEY", "STRIPE_SECRET_KEY_FILE", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"),
    *("STRIPE_API", "STRIPE_SCRIPT", "BANK_NAME", "BANK_BIN", "BANK_ACCOUNT", "BANK_HOLDER"),
]


@pytest.fixture
def starter(monkeypatch: pytest.MonkeyPatch) -> Any:
    """scripts/run.py in an environment that names no way to pay, and is as it was afterwards."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    for name in WAYS_TO_PAY:
        monkeypatch.setenv(name, "")
    return importlib.import_module("run")


def test_a_newcomer_can_pay_with_a_test_card_and_is_told_so(
    starter: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with starter.payments(8001) as told:
        client = stripe.StripeClient(
            os.environ["STRIPE_SECRET_KEY"], base_addresses={"api": os.environ["STRIPE_API"]}
        )
        made = client.v1.payment_intents.create(
            {"amount": 50_000, "currency": "vnd", "allowed_payment_method_types": ["card"]}
        )
        client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa"})
        with urllib.request.urlopen(os.environ["STRIPE_SCRIPT"], timeout=10) as script:
            assert script.status == 200
        control = f"{os.environ['STRIPE_API']}/_double/webhooks"
        with urllib.request.urlopen(
            urllib.request.Request(control, b"{}", method="POST"), timeout=10
        ) as sent:
            assert "http://localhost:8001/thanh-toan/stripe/" in sent.read().decode()
        starter.announce("http://localhost:8001/", told)
    assert "4242 4242 4242 4242" in capsys.readouterr().out
    assert os.environ["BANK_HOLDER"] == "KHONG CHUYEN TIEN THAT"


def test_whoever_names_an_account_of_stripe_and_a_bank_gets_no_double(
    starter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_own")
    monkeypatch.setenv("BANK_ACCOUNT", "0123456789")
    with starter.payments(8001) as told:
        assert (told, os.environ["STRIPE_API"], os.environ["BANK_HOLDER"]) == ("", "", "")
