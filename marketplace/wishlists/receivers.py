"""A wish made before signing in is put down afterwards, whatever the way in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from .wishes import fulfil


@receiver(user_logged_in, dispatch_uid="wishlists.fulfil")
def signed_in(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None:
        fulfil(request, user_id=user.pk)
