"""Misconfigurations that would open the login."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

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
