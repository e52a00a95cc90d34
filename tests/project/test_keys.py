from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from wagtail.models import Page

from tests.project.tree import OURS

LETTERED = {"address.Country"}  # Oscar's: a country is known by its letters


def ours() -> Iterator[type[models.Model]]:
    """Our models with tables of their own; a page's key is Wagtail's."""
    for config in apps.get_app_configs():
        if config.name.split(".")[0] in OURS:
            yield from (
                model
                for model in config.get_models(include_auto_created=True)
                if model._meta.managed and not issubclass(model, Page) and model._meta.label not in LETTERED
            )


def own_field(key: Any) -> Any:
    """The field that a key taken over from another table stands for."""
    return own_field(key.target_field) if key.remote_field else key


def test_every_key_of_ours_is_a_big_integer() -> None:
    small = [
        model._meta.label
        for model in ours()
        if not isinstance(own_field(model._meta.pk), models.BigAutoField | models.BigIntegerField)
    ]
    assert small == []
    assert len(list(ours())) > 80


@pytest.mark.postgresql
@pytest.mark.django_db
def test_migrations_made_them_big_in_the_database_too() -> None:
    question = "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'bigint'"
    with connection.cursor() as cursor:
        cursor.execute(question)
        big = set(cursor.fetchall())
    keys = {(model._meta.db_table, model._meta.pk.column) for model in ours()}
    assert keys - big == set()
