"""How each mail looks, in both languages, with invented people and things."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from marketplace import clock
from marketplace.communication import kinds
from marketplace.communication.messages import send_trial
from marketplace.communication.rendering import render_sample

from .listing import NAME

PREVIEWS = "desk_mail_kinds"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of mail there is."""
    rows = [
        {"kind": kind, "url": reverse("desk_mail_kind", args=[kind.name, "vi"])} for kind in kinds.every()
    ]
    return render(request, "cms/desk/mail/kinds.html", {"rows": rows} | _head(_("Mẫu thư")))


@require_safe
def kind(request: HttpRequest, name: str, language: str) -> HttpResponse:
    try:
        found = kinds.named(name)
    except kinds.UnknownKind as error:
        raise Http404 from error
    if language not in dict(settings.LANGUAGES):
        raise Http404
    languages = [
        {"code": code, "label": label, "url": reverse("desk_mail_kind", args=[name, code])}
        for code, label in settings.LANGUAGES
    ]
    shown = {
        "mail": render_sample(kind=found, language=language),
        "language": language,
        "languages": languages,
    }
    return render(request, "cms/desk/mail/kind.html", shown | _head(str(found.title), within=True))


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """A mail to whoever asks, to see that mail arrives."""
    user: Any = request.user
    if user.email:
        send_trial(user=user, moment=clock.now(), language=get_language() or "")
        messages.success(request, _("Thư thử đang được gửi đến %(to)s.") % {"to": user.email})
    else:
        messages.error(request, _("Tài khoản của bạn chưa có email."))
    return redirect(PREVIEWS)


def _head(title: str, *, within: bool = False) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang đầu")},
        {"url": reverse(NAME), "label": _("Thư và thông báo")},
    ]
    if within:
        crumbs.append({"url": reverse(PREVIEWS), "label": _("Mẫu thư")})
    return {"page_title": title, "breadcrumbs_items": [*crumbs, {"url": "", "label": title}]}
