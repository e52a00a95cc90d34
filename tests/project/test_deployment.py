"""Compose, .env.example, the image and the settings, held against one another without a Docker engine."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.project.tree import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = {"web", "worker", "postgres", "elasticsearch", "mail"}
ASK = """
import importlib, json
from marketplace.settings import env
settings = importlib.import_module("marketplace.settings.production")
print(json.dumps({"asked": sorted(env.asked), "database": settings.DATABASES["default"]}))
"""


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def start(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process that knows these variables only."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, env=environment, cwd=ROOT, text=True, capture_output=True, check=False)


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    return example() | {"DATA_DIR": str(tmp_path / "data"), "STATIC_ROOT": str(tmp_path / "static")}


@pytest.fixture
def production(variables: dict[str, str]) -> dict[str, Any]:
    done = start(variables)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_example_explains_every_variable_the_settings_ask_for(production: dict[str, Any]) -> None:
    asked = {name for name in production["asked"] if not name.endswith("_FILE")}
    assert asked - example().keys() == set()


def test_the_example_names_nothing_that_nobody_reads(production: dict[str, Any]) -> None:
    compose = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert example().keys() - set(production["asked"]) - compose == set()


def test_compose_takes_its_variables_from_the_example() -> None:
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert used - example().keys() == set()


def test_the_address_of_the_database_is_that_of_the_database_server(production: dict[str, Any]) -> None:
    database, server = production["database"], SERVICES["postgres"]["environment"]
    assert database["HOST"] in SERVICES
    assert (database["USER"], database["NAME"]) == (server["POSTGRES_USER"], server["POSTGRES_DB"])
    assert database["PASSWORD"] == example()["POSTGRES_PASSWORD"]


def test_mail_goes_to_the_catcher() -> None:
    assert example()["EMAIL_HOST"] in SERVICES


def test_the_web_server_of_the_image_stops_too(variables: dict[str, str]) -> None:
    del variables["SECRET_KEY"]
    command = json.loads(re.findall(r"^CMD (\[.*?\])", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)[-1])
    environment = variables | {"DJANGO_SETTINGS_MODULE": "marketplace.settings.production"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert done.stderr.count("SECRET_KEY is missing") == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_what_is_missing_stops_the_start_with_its_name(variables: dict[str, str], name: str) -> None:
    done = start({key: value for key, value in variables.items() if key != name})
    assert done.returncode != 0
    assert f"variable {name} is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_typing_error_stops_the_start_with_its_name(variables: dict[str, str]) -> None:
    done = start(variables | {"SECURE_SSL_REDIRECT": "ja"})
    assert "variable SECURE_SSL_REDIRECT is 'ja'" in done.stderr


def test_every_lasting_service_says_whether_it_is_well() -> None:
    assert set(SERVICES) >= LASTING
    assert [name for name in SERVICES if name in LASTING and "healthcheck" not in SERVICES[name]] == []


def test_the_start_brings_tables_places_sets_and_pages() -> None:
    first = " ".join(SERVICES["migrate"]["command"])
    commands = re.findall(r"manage\.py (\w+)", first)
    assert commands == ["createcachetable", "migrate", "load_reference", "load_pages"]
    assert first.count("&&") == len(commands) - 1
    assert set(commands) <= set(get_commands())
    explained = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"`{name}`" not in explained] == []


def test_nothing_is_served_before_the_start_has_brought_it() -> None:
    waits = [SERVICES[name]["depends_on"]["migrate"]["condition"] for name in ("web", "worker")]
    assert waits == ["service_completed_successfully"] * 2


def test_images_of_others_have_a_version() -> None:
    images = [service["image"] for service in SERVICES.values() if "build" not in service]
    assert [image for image in images if not re.search(r":v?\d", image)] == []
    assert SERVICES["elasticsearch"]["image"].startswith("elasticsearch:9.")


def test_web_and_worker_run_the_same_image_with_the_same_environment() -> None:
    web, worker = SERVICES["web"], SERVICES["worker"]
    assert [web[key] for key in ("image", "env_file", "volumes")] == [
        worker[key] for key in ("image", "env_file", "volumes")
    ]


def test_every_volume_is_declared() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_special() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root|0)\w+", final, re.MULTILINE)


def test_the_image_and_the_example_agree_on_folders() -> None:
    image = dict(
        re.findall(
            r"\b(DATA_DIR|STATIC_ROOT)=(\S+)", (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
        )
    )
    assert image == {name: example()[name] for name in ("DATA_DIR", "STATIC_ROOT")}


def test_the_shop_listens_where_compose_and_the_health_check_look() -> None:
    ports = [port.rpartition(":")[2] for port in SERVICES["web"]["ports"]]
    assert ports == ["8000"]
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["bind"] == "0.0.0.0:8000"
    assert '"gunicorn", "marketplace.wsgi:application"' in DOCKERFILE
    assert "8000" in (ROOT / "scripts/healthy.py").read_text(encoding="utf-8")


def test_every_script_compose_and_the_image_call_exists() -> None:
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()
    assert [
        name for name in re.findall(r"scripts/\w+\.py|manage\.py", text) if not (ROOT / name).exists()
    ] == []


def test_the_image_leaves_out_nothing_the_settings_install() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    installed = [name.replace(".", "/") for name in settings.INSTALLED_APPS]
    assert [
        name for name in installed if any(f"{name}/".startswith(f"{folder}/") for folder in ignored)
    ] == []
