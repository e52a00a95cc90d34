"""The second factor of staff: a password alone never opens the admin, whichever way its owner came in.

A session has passed when it gave a code of a factor that its user still has; a session that is older than the factor,
or than its owner's promotion, gives one now. Who has no factor makes one first.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

#: Addresses below /admin/ that only lead elsewhere.
OPEN = frozenset({"admin_login", "admin_logout", "admin_password"})

#: Where a factor is removed or its codes are read: never by a session that knows the password alone.
FACTOR_PAGES = frozenset(
    {
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)


def is_staff(user: Any) -> bool:
    """Whoever may enter the admin, or is called staff."""
    return bool(user.is_active and (user.is_staff or user.has_perm("wagtailadmin.access_admin")))


def has_factor(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def has_passed(request: HttpRequest) -> bool:
    """Whether this session gave a code of a factor that the user has now."""
    return _has_given(request, _factors_of(request.user))


def _factors_of(user: Any) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))


def _has_given(request: HttpRequest, factors: dict[int, str]) -> bool:
    records = get_authentication_records(request, request.user)
    given = {record.get("id") for record in records if record["method"] == "mfa"}
    return Authenticator.Type.TOTP in factors.values() and not given.isdisjoint(factors)


class StaffSecondFactor:
    """Guards what the addresses of the admin resolve to; stands after authentication and allauth."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        found = request.resolver_match
        if found is None:
            return None
        if found.route.startswith("admin/") and found.url_name not in OPEN:
            return _kept_out(request)
        if found.url_name in FACTOR_PAGES and _owes_a_code(request):
            return redirect_to_login(request.path, reverse("mfa_reauthenticate"))
        return None


def _owes_a_code(request: HttpRequest) -> bool:
    return request.user.is_authenticated and has_factor(request.user) and not has_passed(request)


def _kept_out(request: HttpRequest) -> HttpResponse | None:
    """The way to what is missing; None when nothing is. Raises PermissionDenied for those who are not staff."""
    wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted)
    if not is_staff(request.user):
        raise PermissionDenied
    factors = _factors_of(request.user)  # asked once: every page of the admin passes here
    if Authenticator.Type.TOTP not in factors.values():
        words = _("Tài khoản nhân viên cần bước xác thực thứ hai. Bạn thiết lập một lần, ở ngay đây.")
        messages.warning(request, words)
        return redirect_to_login(wanted, reverse("mfa_activate_totp"))
    if not _has_given(request, factors):
        return redirect_to_login(wanted, reverse("mfa_reauthenticate"))
    return None
