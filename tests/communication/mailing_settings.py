"""The tests' settings of a worker process that sends its mail to the port it is told."""

from marketplace.settings import env
from marketplace.settings.test import *  # noqa: F403

EMAIL_BACKEND = "marketplace.communication.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", env.number("EMAIL_PORT")
