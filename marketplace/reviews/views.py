"""Addresses of reviews. Whoever has an order's link, or its account, writes about what was delivered of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace import clock
from marketplace.order.access import orders_of
from marketplace.order.delivered import delivered_lines
from marketplace.order.models import Line, Order

from .forms import ReportForm, ReviewForm
from .helpful import mark_helpful
from .models import ProductReview
from .reporting import TooManyReports, report, reporter_of
from .writing import CannotReview, version_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_by_link(request: HttpRequest, token: str, line: int) -> HttpResponse:
    """For whoever has the order's link. A line of another order, or one not delivered, is not found."""
    return _write(request, get_object_or_404(Order, token=token), line)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_as_owner(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """For the account that the order belongs to."""
    return _write(request, get_object_or_404(orders_of(request.user), number=number), line)


def _write(request: HttpRequest, order: Order, key: int) -> HttpResponse:
    lines = delivered_lines(order).select_related("product__parent", "order__shipping_address")
    line: Line = get_object_or_404(lines, pk=key)
    review = ProductReview.objects.filter(line=line).first()
    form = ReviewForm(request.POST or None, request.FILES or None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            product = form.save(line=line, version=request.POST.get("ban", "")).product
        except CannotReview as error:
            form.add_error(None, str(error))
            review = ProductReview.objects.filter(line=line).first()
        else:
            messages.success(request, _("Cảm ơn bạn. Đánh giá của bạn đang hiện trên trang sản phẩm."))
            return redirect(f"{product.get_absolute_url()}#danh-gia" if product else order)
    context = {"line": line, "order": order, "review": review, "form": form, "version": version_of(review)}
    response = render(request, "reviews/write.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def _place(review: ProductReview) -> str:
    """Where a review stands; only of a product that is listed."""
    return f"{review.product.get_absolute_url()}#danh-gia-{review.pk}" if review.product else "/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody may report what is shown."""
    shown = ProductReview.objects.shown().filter(product__is_public=True)
    review = get_object_or_404(shown.select_related("product__parent"), pk=pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report(target=review, by=reporter_of(request), moment=clock.now(), **form.said)
        except TooManyReports as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Cảm ơn bạn đã báo. Người kiểm duyệt sẽ xem."))
            return redirect(_place(review).partition("#")[0])  # to its top: the message stands there
    context = {"form": form, "quoted": review.body, "name": review.name, "back": _place(review)}
    return render(request, "reviews/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody signed in finds a review helpful; pressed again it is taken back. Back from signing in, nothing is."""
    review = get_object_or_404(ProductReview.objects.shown().select_related("product__parent"), pk=pk)
    if request.method == "POST":
        mark_helpful(review=review, user=request.user)
    return redirect(_place(review))
