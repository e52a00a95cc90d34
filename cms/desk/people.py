"""What staff do for somebody who has only a phone number: a link to a new password, and vouching for the number."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required
from wagtail.admin.auth import permission_required as needs

from cms.desk.customers.page import OPENED
from marketplace.accounts.identities import NoSuchNumber, confirm_phone
from marketplace.accounts.models import User
from marketplace.accounts.reset_links import CannotIssue, issue, why_not
from marketplace.audit.models import record

ISSUE, CONFIRM = "accounts.issue_reset_link", "accounts.confirm_phone"


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in (ISSUE, CONFIRM)]
    return Permission.objects.filter(content_type__app_label="accounts", codename__in=names)


def urls() -> list[Any]:
    either = any_permission_required(ISSUE, CONFIRM)
    return [
        path("khach/<int:pk>/", either(person), name="desk_person"),
        path("khach/<int:pk>/lien-ket/", needs(ISSUE)(link), name="desk_reset_link"),
        path("khach/<int:pk>/so-dien-thoai/", needs(CONFIRM)(phone), name="desk_confirm_phone"),
    ]


@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Recorded like the customer's own page: it shows a number."""
    user = get_object_or_404(User, pk=pk)
    record(action=OPENED, target=user, actor=request.user)
    return _page(request, user)


@never_cache
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown in this answer only: nobody can read it again."""
    user = get_object_or_404(User, pk=pk)
    try:
        token = issue(user=user, actor=request.user)
    except CannotIssue as error:
        messages.error(request, str(error))
        return redirect("desk_person", pk)
    address = request.build_absolute_uri(reverse("accounts:reset_link", args=[token]))
    return _page(request, user, address=address)


@require_POST
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        confirm_phone(user=user, phone=request.POST.get("phone", ""), actor=request.user)
    except NoSuchNumber:
        messages.error(request, _("Số điện thoại của tài khoản vừa thay đổi. Bạn xem lại."))
    else:
        messages.success(request, _("Số điện thoại đã được xác nhận."))
    return redirect("desk_person", pk)


def _page(request: HttpRequest, user: User, *, address: str = "") -> HttpResponse:
    context = {
        "person": user,
        "address": address,
        "why_not": why_not(user),
        "page_title": str(user),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang đầu")},
            {"url": "", "label": str(user)},
        ],
    }
    return render(request, "cms/desk/people/person.html", context)
