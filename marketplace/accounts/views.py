"""One's own pages that allauth does not have."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the ways to everything else."""
    return render(request, "accounts/overview.html")


class ActivateFactor(ActivateTOTPView):  # type: ignore[misc]
    """Whoever sets a factor up has just shown a code of it, and need not show another."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        user = self.request.user
        factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, user, method="mfa", id=factor.pk, type=factor.type)
        return answer
