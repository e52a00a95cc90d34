"""Production's settings with a counter of SQL queries; plain HTTP on this machine."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-benchmarks")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("SECURE_SSL_REDIRECT", "0")

from marketplace.settings.production import *  # noqa: F403
from marketplace.settings.production import LOGGING, MIDDLEWARE

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OSCAR_BASKET_COOKIE_SECURE = False
MIDDLEWARE = ["tests.benchmarks.sqlcount.SqlCount", *MIDDLEWARE]
LOGGING = LOGGING | {"root": LOGGING["root"] | {"level": "WARNING"}}
SEARCH_REFERENCE_SECONDS = 3600.0  # warm: nobody looks meanwhile whether names and words have changed
STRIPE_WEBHOOK_SECRET = "whsec_of_benchmarks"
CASH_MOST_ORDERS = 1_000_000  # one buyer places every order
