"""Several processes behind a proxy that ends TLS: everything that differs comes from the environment."""

from . import env
from .base import *  # noqa: F403
from .base import OWN_MEMORY

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": env.database_url()}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 30 * 24 * 60 * 60)
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",  # made by `manage.py createcachetable`
        # Far more than attempts in five minutes: a third of all is thrown away when there are more.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "reference": OWN_MEMORY,
}
# Whose X-Forwarded-For is believed, counted from the shop: attempts are limited by address, too.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXIES", 1, most=5)
EMAIL_BACKEND = "marketplace.communication.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "-").strip("-")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "-").strip("-")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "cho-ocop@localhost")
SERVE_MEDIA = env.flag("SERVE_MEDIA", True)
