"""The pages about one's own data: consents, a copy, the end of the account."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace import clock
from marketplace.accounts.consents import (
    MARKETING,
    WrongLink,
    consents_of,
    holder_of,
    set_marketing,
    wants_marketing,
    withdraw_by_link,
)
from marketplace.accounts.models import User
from marketplace.accounts.models.request import DataExport, Deletion, DeletionState
from marketplace.accounts.origin import ip_of
from marketplace.audit.models import record

from .erasing import CannotErase, ask_for_deletion, effects, reasons_against, take_back
from .exporting import AskedAlready, ask_for_export
from .forms import DeletionForm
from .person import person_of

MOST_SHOWN = 50


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one agreed to, copies of one's data, and the way out."""
    person = person_of(_me(request))
    context = {
        "consents": consents_of(user_id=person.user_id, contacts=person.contacts)[:MOST_SHOWN],
        "marketing": wants_marketing(user_id=person.user_id, contacts=person.contacts),
        "marketing_words": MARKETING.words,
        "exports": DataExport.objects.filter(user_id=person.user_id).defer("content")[:5],
        "now": clock.now(),
        "deletion": _waiting(request),
    }
    return render(request, "accounts/privacy.html", context)


@login_required
@require_POST
def marketing(request: HttpRequest) -> HttpResponse:
    """Gives or withdraws the consent to news; `dong_y` says which."""
    person = person_of(_me(request))
    given = request.POST.get("dong_y") == "on"
    set_marketing(
        user_id=person.user_id, contacts=person.contacts, given=given, moment=clock.now(), ip=ip_of(request)
    )
    messages.success(request, _("Bạn sẽ nhận tin.") if given else _("Bạn sẽ không nhận tin nữa."))
    return redirect("accounts:privacy")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """From a link, without an account: asks, then takes the consent to news back."""
    done = request.method == "POST"
    try:
        holder_of(token)
        if done:
            withdraw_by_link(token=token, moment=clock.now(), ip=ip_of(request))
    except WrongLink:
        raise Http404 from None
    response = render(request, "accounts/withdraw.html", {"done": done})
    response["Referrer-Policy"] = "same-origin"
    return response


@login_required
@require_POST
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    """Has a copy made; it is made by the worker."""
    try:
        ask_for_export(user_id=_me(request).pk, language=get_language() or "vi", moment=clock.now())
    except AskedAlready as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Chúng tôi đang chuẩn bị bản sao và sẽ báo khi xong."))
    return redirect("accounts:privacy")


@never_cache
@login_required
@require_safe
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own copy, for whoever has given their password a moment ago; others give it, and come back to the list.

    They do not come back to here: a file as the answer would leave the form standing, as if nothing had happened.
    """
    try:
        return cast(HttpResponse, _copy(request, pk))
    except ReauthenticationRequired:
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            raise
        back = {"next": f"{reverse('accounts:privacy')}#ban-sao"}
        return redirect(f"{ways[0]['url']}?{urlencode(back)}")


@reauthentication_required  # type: ignore[untyped-decorator]
def _copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The file; an expired one says so."""
    export = get_object_or_404(DataExport.objects.exclude(ready_at=None), user=_me(request), pk=pk)
    if export.content is None or export.expires_at is None or export.expires_at <= clock.now():
        messages.warning(request, _("Bản sao này đã hết hạn. Bạn yêu cầu bản mới nhé."))
        return redirect("accounts:privacy")
    record(action="account.export_fetched", target=export, actor=request.user)
    response = HttpResponse(bytes(export.content), content_type="application/zip")
    response["Content-Disposition"] = (
        f'attachment; filename="cho-ocop-du-lieu-{export.requested_at:%Y%m%d}.zip"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Says what deleting does and what stands in the way; asks for the password again."""
    user = _me(request)
    form = DeletionForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and (limited := _too_often(request, user)):
        return limited
    if form.is_valid():
        try:
            ask_for_deletion(user=user, language=get_language() or "vi", moment=clock.now())
        except CannotErase as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Chúng tôi đã nhận yêu cầu xóa tài khoản."))
            return redirect("accounts:privacy")
    context = {
        "form": form,
        "effects": effects(),
        "reasons": reasons_against(person_of(user)),
        "deletion": _waiting(request),
    }
    return render(request, "accounts/delete.html", context)


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Takes the deletion back while it waits."""
    if take_back(user_id=_me(request).pk, moment=clock.now()):
        messages.success(request, _("Tài khoản của bạn được giữ lại."))
    return redirect("accounts:privacy")


def _waiting(request: HttpRequest) -> Deletion | None:
    return Deletion.objects.filter(user=_me(request), state=DeletionState.WAITING).first()


def _too_often(request: HttpRequest, user: User) -> HttpResponse | None:
    """Passwords are not guessed here either: allauth's limit for asking again counts."""
    limited: Any = ratelimit.consume_or_429(request, action="reauthenticate", user=user)
    return cast("HttpResponse | None", limited)


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)
