"""The tests': the development settings, quicker and quieter, with a known key."""

import tempfile
from pathlib import Path

from . import env
from .base import *  # noqa: F403

DATA_DIR = Path(env.text("DATA_DIR", tempfile.gettempdir() + "/cho-ocop-test"))
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.database_url(default=f"sqlite:///{DATA_DIR / 'test.sqlite3'}")}
DATABASES["default"]["TEST"] = (
    {"NAME": str(DATA_DIR / "test.sqlite3")} if (DATABASES["default"]["ENGINE"].endswith("sqlite3")) else {}
)
SECRET_KEY = "only-for-tests"
ELASTICSEARCH_URL = ""  # tests of Elasticsearch name a node themselves
DEBUG = False
ALLOWED_HOSTS = ["*"]
DEMO_NOTICE = True
SERVE_MEDIA = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
#: Tests order more, and dearer, than anybody does; those of the limits set them.
CASH_MOST = 1_000_000_000_000
CASH_MOST_ORDERS = 1_000
