"""Wagtail's own addresses for signing in, out and for passwords: they lead to the one login. Placed before Wagtail's."""

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path, reverse
from django.utils.http import urlencode


def to_login(request: HttpRequest) -> HttpResponse:
    """With the page that was wanted; the login looks whether it is ours. What was posted is not read."""
    wanted = request.GET.get("next")
    return redirect(reverse("account_login") + (f"?{urlencode({'next': wanted})}" if wanted else ""))


def to_reset(request: HttpRequest, **_rest: str) -> HttpResponse:
    return redirect("account_reset_password")


wagtail_logins = [
    path("admin/login/", to_login, name="admin_login"),
    path("admin/logout/", allauth.logout, name="admin_logout"),
    re_path(r"^admin/password_reset/", to_reset, name="admin_password"),
]
