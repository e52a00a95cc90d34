"""The code that an authenticator app shows for a secret."""

from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_at(*, secret: str, moment: datetime) -> str:
    """Six digits. `secret` is base 32, as in the app; `moment` is aware."""
    counter = int(moment.timestamp()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, counter)))
