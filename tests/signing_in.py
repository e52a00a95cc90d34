"""Staff at the admin, with their second factor."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from marketplace import clock
from marketplace.accounts.codes import code_at
from marketplace.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def factor_of(user: User) -> Authenticator:
    """The user's second factor, made if there is none."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return found or auth.TOTP.activate(user, SECRET).instance


def code_of(user: User) -> str:
    """What the user's app shows now."""
    secret = get_adapter().decrypt(factor_of(user).data["secret"])
    return code_at(secret=secret, moment=clock.now())


def sign_in_staff(client: Client, user: User) -> Client:
    """As if the user had given password and code; for tests of what comes afterwards."""
    client.force_login(user)
    session: Any = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": 0, "type": "totp", "id": factor_of(user).pk}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
