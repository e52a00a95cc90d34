"""Asking about a product, and reporting what was asked or answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalogue.models import Product
from marketplace import clock
from marketplace.reviews.reporting import TooManyReports, report, reporter_of

from .asking import CannotAsk, ask
from .forms import QuestionForm, QuestionReportForm
from .models import Question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask_about(request: HttpRequest, pk: int) -> HttpResponse:
    """For who is signed in; others sign in first and come back. Alcohol's page asks for the age first."""
    product: Product = get_object_or_404(Product.objects.listed().select_related("producer__partner"), pk=pk)
    if product.is_alcohol and not request.is_adult:  # type: ignore[attr-defined]
        return redirect(product)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text, language = form.cleaned_data["cau_hoi"], get_language() or "vi"
        try:
            ask(product=product, user=request.user, text=text, language=language)
        except CannotAsk as error:
            form.add_error("cau_hoi", str(error))
        else:
            messages.success(
                request, _("Đã gửi câu hỏi. Có trả lời, chúng tôi báo bạn và đăng lên trang này.")
            )
            return redirect(product)  # to its top: the message stands there
    return render(request, "questions/ask.html", {"form": form, "product": product})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody may report what is public."""
    public = Question.objects.public().filter(product__is_public=True).select_related("product__parent")
    question = get_object_or_404(public, pk=pk)
    back = f"{question.product.get_absolute_url()}#hoi-dap"
    form = QuestionReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report(target=question, by=reporter_of(request), moment=clock.now(), **form.said)
        except TooManyReports as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Cảm ơn bạn đã báo. Người kiểm duyệt sẽ xem."))
            return redirect(question.product)
    context = {"form": form, "quoted": question.text, "name": question.name, "back": back}
    return render(request, "reviews/report.html", context)
