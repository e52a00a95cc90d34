"""Misconfigurations that would open the login."""

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.checks import Error, Tags, register
from django.db import connections

OF_ONE_PROCESS = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


@register(Tags.security, deploy=True)
def attempts_are_counted_once(app_configs: Any, **_more: Any) -> list[Error]:
    """Limits of the login stand in the cache: one for each process would allow as many times more."""
    if settings.CACHES["default"]["BACKEND"] not in OF_ONE_PROCESS:
        return []
    hint = "Name a cache that all processes share as CACHES['default'], as production.py does."
    return [Error("Attempts to sign in are counted by each process alone.", hint=hint, id="accounts.E001")]


@register(Tags.database)
def the_shared_cache_has_its_table(app_configs: Any, databases: Any = None, **_more: Any) -> list[Error]:
    """Looked for when a database is named: `manage.py check --database default`."""
    table = getattr(caches["default"], "_table", None)
    if not table or "default" not in (databases or ()):
        return []
    if table in connections["default"].introspection.table_names():
        return []
    hint = "Run `manage.py createcachetable`."
    return [Error(f"The table {table} of the shared cache is missing.", hint=hint, id="accounts.E002")]
