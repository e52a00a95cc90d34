"""Being told when something is in stock again: asked for, confirmed, listed, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace import clock

from .forms import WaitForm
from .limits import TooOften, count_request
from .links import CANCEL, CONFIRM
from .models import OPEN, ProductAlert
from .waiting import BadLink, CannotWait, alert_of, cancel, confirm, wait_as_account, wait_as_guest

A_PAGE = 24


@never_cache
@require_http_methods(["POST"])
def wait(request: HttpRequest) -> HttpResponse:
    """From the product page. Guests are answered alike, whether the address waits already or not."""
    signed_in = request.user.is_authenticated
    form = WaitForm(request.POST, signed_in=signed_in)
    if form.is_valid():
        product, language = form.cleaned_data["san_pham"], get_language() or "vi"
        try:
            if signed_in:
                wait_as_account(product=product, user=request.user, language=language)
                said = _("Có hàng, chúng tôi báo bạn ngay. Bạn xem những món đang chờ trong tài khoản.")
            else:
                count_request(request)
                wait_as_guest(product=product, email=form.cleaned_data["email"], language=language)
                said = _(
                    "Bạn mở thư chúng tôi vừa gửi và bấm liên kết để xác nhận. Liên kết có giá trị 7 ngày."
                )
        except (CannotWait, TooOften) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect(product)
    return render(request, "customer/wait.html", {"form": form})


@never_cache
@login_required
@require_safe
def own_alerts(request: HttpRequest) -> HttpResponse:
    """What the account waits for, the latest first."""
    waiting = ProductAlert.objects.filter(user=request.user, status__in=OPEN)
    page = Paginator(waiting.select_related("product__parent"), A_PAGE).get_page(request.GET.get("trang"))
    pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "customer/alerts.html", {"page": page, "pages": pages})


@require_POST
@login_required
def cancel_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what the account itself waits for."""
    cancel(alert=get_object_or_404(ProductAlert, pk=pk, user=request.user), moment=clock.now())
    messages.success(request, _("Đã bỏ. Bạn sẽ không được báo về món này nữa."))
    return redirect("customer:alerts")


def confirm_alert(request: HttpRequest, token: str) -> HttpResponse:
    """The link only asks: programs that look into mails open links, and must not agree for people."""
    return _asked(request, token, purpose=CONFIRM, act=confirm)


def cancel_alert(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the link, without signing in."""
    return _asked(request, token, purpose=CANCEL, act=cancel)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _asked(request: HttpRequest, token: str, *, purpose: str, act: Any) -> HttpResponse:
    context: dict[str, Any] = {"confirming": purpose == CONFIRM, "done": False}
    try:
        alert = alert_of(token, purpose=purpose)
    except BadLink as error:
        return render(request, "customer/link.html", context | {"error": str(error)}, status=404)
    if request.method == "POST":
        act(alert=alert, moment=clock.now())
        alert.refresh_from_db()
        context["done"] = True
    response = render(request, "customer/link.html", context | {"alert": alert, "product": alert.product})
    response["Referrer-Policy"] = "same-origin"
    return response
