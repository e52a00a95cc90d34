"""Fills the database that DATABASE_URL names: `python -m tests.benchmarks.build 500`."""

import sys

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from marketplace import clock
    from tests.benchmarks.synthetic import build

    build(size=int(sys.argv[1]), day=clock.today())
    call_command("load_pages")
    call_command("search_index", "rebuild")


if __name__ == "__main__":
    main()
