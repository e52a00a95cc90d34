"""One machine, nothing else running: what `make run` and manage.py use."""

import secrets

from .base import *  # noqa: F403
from .base import DATA_DIR, STATIC_ROOT

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
DEMO_NOTICE = True
DEVELOPMENT = True


def _own_secret() -> str:
    """A key of this data folder, made on the first start and readable by its owner only."""
    file = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = _own_secret()
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SERVE_MEDIA = True
