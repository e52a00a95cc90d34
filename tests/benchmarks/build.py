"""Fills the database that DATABASE_URL names: `python -m tests.benchmarks.build 500`."""

import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from marketplace import clock
    from tests.benchmarks import orders
    from tests.benchmarks.synthetic import build

    build(size=int(sys.argv[1]), day=clock.today())
    orders.build_orders()
    told = {"session": orders.staff_session(), "pages": orders.pages()}
    (Path(os.environ["DATA_DIR"]) / "staff.json").write_text(json.dumps(told), encoding="utf-8")
    call_command("load_pages")
    call_command("search_index", "rebuild")


if __name__ == "__main__":
    main()
