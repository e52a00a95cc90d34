"""One's own pages that allauth does not have."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import reset_links
from .forms import LinkPasswordForm
from .models import User
from .profile import ProfileForm, end_other_sessions
from .second_factor import has_factor


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the ways to everything else."""
    waiting = EmailAddress.objects.filter(user=request.user, verified=False).first()
    return render(request, "accounts/overview.html", {"waiting": waiting})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone number, language. A number signs in, so that another one needs the password again."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.asks_for_number:
        raise_if_reauthentication_required(request, app="allauth.account")
        limited: HttpResponse | None = ratelimit.consume_or_429(
            request, action="change_phone", user=request.user
        )
        if limited:
            return limited
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu thông tin của bạn."))
        return redirect("accounts:overview")
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
@require_safe
@login_required
def security(request: HttpRequest) -> HttpResponse:
    """Password, address, second factor, other devices."""
    return render(request, "accounts/security.html", {"factor": has_factor(request.user)})


@require_POST
@login_required
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Every other session of the account ends."""
    end_other_sessions(request)
    messages.success(request, _("Mọi máy khác đã bị đăng xuất."))
    return redirect("accounts:security")


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_link(request: HttpRequest, token: str) -> HttpResponse:
    """A new password, for the holder of a link that staff issued."""
    try:
        form = LinkPasswordForm(request.POST or None, user=reset_links.holder(token=token))
        if request.method == "POST" and form.is_valid():
            reset_links.use(token=token, password=form.cleaned_data["password1"])
            return redirect("account_reset_password_from_key_done")
    except reset_links.LinkEnded as ended:
        return _private(render(request, "accounts/reset_link.html", {"ended": ended}, status=410))
    return _private(render(request, "accounts/reset_link.html", {"form": form}))


def _private(answer: HttpResponse) -> HttpResponse:
    """The address is a secret, which no other site is told. Of "no-referrer" browsers make the form's Origin "null",
    which Django refuses."""
    answer["Referrer-Policy"] = "same-origin"
    return answer


class ActivateFactor(ActivateTOTPView):  # type: ignore[misc]
    """Whoever sets a factor up has just shown a code of it, and need not show another."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, user, method="mfa", id=factor.pk, type=factor.type)
        return answer
