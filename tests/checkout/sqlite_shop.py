"""Fills the empty SQLite database that DATABASE_URL names with a small shop, and says the keys of its products.

A program of its own: the tests around it may have another database. The tables are made of the models as they stand,
which takes seconds where all the migrations take a minute; that both agree is checked elsewhere.
"""

import json

import django


def main() -> None:
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)

    from tests import factories
    from tests.checkout.buyer import stock_shop

    stock_shop()
    print(json.dumps([factories.product(stock=100).pk for _ in range(3)]))  # noqa: T201  to the test


if __name__ == "__main__":
    main()
