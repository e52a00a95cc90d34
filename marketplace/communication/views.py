"""One's own notifications: to read and to follow. Another person's do not exist here."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace import clock

from .models import Notification
from .notices import of_user, read

SIZE = 20


@never_cache
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first; a page that does not exist is the nearest that does."""
    paginator: Paginator[Notification] = Paginator(of_user(_me(request)), SIZE)
    page = paginator.get_page(request.GET.get("trang"))
    pages = list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return render(request, "communication/inbox.html", {"page": page, "pages": pages})


@login_required
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, and on the way to what it is about."""
    notification = get_object_or_404(of_user(_me(request)), pk=pk)
    read(user_id=_me(request), moment=clock.now(), pk=pk)
    return redirect(notification.link or "communication:inbox")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    read(user_id=_me(request), moment=clock.now())
    return redirect("communication:inbox")


def _me(request: HttpRequest) -> int:
    key: int | None = request.user.pk
    assert key is not None  # login_required stands before
    return key
