"""What every environment shares: Django itself. The shop's settings are in shop.py, the
pages' in content.py, signing in in signing_in.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from . import env
from .content import *  # noqa: F403  settings are one flat namespace
from .content import CONTENT_APPS, CONTENT_MIDDLEWARE
from .shop import *  # noqa: F403
from .shop import OSCAR_APPS, SHOP_APPS, SHOP_MIDDLEWARE
from .signing_in import *  # noqa: F403
from .signing_in import SIGNING_IN_APPS, SIGNING_IN_MIDDLEWARE

ROOT = env.ROOT
DEVELOPMENT = False  # dev.py alone says otherwise; what it opens must stay shut elsewhere
DATA_DIR = env.folder("DATA_DIR", ROOT / "var", writable=True)

INSTALLED_APPS = [
    *SHOP_APPS,
    *OSCAR_APPS,
    *CONTENT_APPS,
    *SIGNING_IN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.flatpages",  # a migration of Oscar's customer app asks for its tables
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.nul.RefuseNul",  # after the check against forgery, before anything asks the database
    *SIGNING_IN_MIDDLEWARE,
    *SHOP_MIDDLEWARE,
    *CONTENT_MIDDLEWARE,
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.look.context.shop",
            ],
        },
    }
]

DATABASES = {"default": env.database_url(default=env.sqlite_address(DATA_DIR / "shop.sqlite3"))}

#: `default` counts attempts to sign in, so that all processes share it where there are several; `reference` keeps
#: names of places for some minutes in each process, and costs no query.
OWN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES: dict[str, dict[str, Any]] = {"default": OWN_MEMORY, "reference": OWN_MEMORY}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["marketplace.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT", DATA_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"  # beside MEDIA_ROOT, never within: no web server serves it

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# The checkout of a full basket (999 pieces) has a number for every line and three fields for every producer.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Wagtail's admin has a policy of its own
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
        "manifest-src": ["'self'"],
    },
}

DEFAULT_FROM_EMAIL = "Chợ OCOP <cho-ocop@localhost>"
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
#: Days after which messages forget whom they told of what, and notifications go.
MESSAGES_KEPT_DAYS = env.number("MESSAGES_KEPT_DAYS", 180, least=30)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORK_LEASE_SECONDS = env.number("WORK_LEASE_SECONDS", 300, least=1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},  # tells of every table of every letter of a paper
        "stripe": {"level": "WARNING"},
        "gunicorn.http.wsgi": {
            "level": "ERROR"
        },  # warns of every HEAD, whose body Django leaves to the server
    },
}
