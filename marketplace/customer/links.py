"""Signed links of messages: nobody guesses one, and none needs signing in."""

from django.core import signing
from django.urls import reverse

CONFIRM, CANCEL = "customer.alert.confirm", "customer.alert.cancel"


def confirm_link(alert_id: int) -> str:
    """The path of the page that asks whether to begin to wait."""
    return reverse("customer:alert_confirm", kwargs={"token": signing.dumps(alert_id, salt=CONFIRM)})


def cancel_link(alert_id: int) -> str:
    """The path of the page that asks whether to wait no longer."""
    return reverse("customer:alert_cancel", kwargs={"token": signing.dumps(alert_id, salt=CANCEL)})
