"""One review or question as staff see it, with what they can do now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from marketplace.questions.answering import CannotAnswer
from marketplace.questions.models import Question, State
from marketplace.reviews.models import ProductReview
from marketplace.reviews.moderation import CannotDecide
from marketplace.reviews.replying import CannotReply

from . import forms
from .history import history

REFUSED = (CannotAnswer, CannotDecide, CannotReply)


@dataclass(frozen=True)
class Screen:
    """The page of one kind of thing: where it is, whose rows, and what can be done with one that is so."""

    name: str
    template: str
    title: Any
    rows: Callable[[], QuerySet[Any]]
    possible: Callable[[Any], list[type[forms.SaidForm]]]

    def _show(self, request: HttpRequest, target: Any, wrong: Any = None) -> HttpResponse:
        kinds = [kind for kind in self.possible(target) if request.user.has_perm(kind.right)]
        shown = [wrong if wrong and wrong.name == kind.name else kind() for kind in kinds]
        context = {
            "target": target,
            "screen": self,
            "forms": [
                {"form": form, "url": reverse(f"{self.name}_act", args=[target.pk, form.name])}
                for form in shown
            ],
            "reports": target.reports.select_related("decided_by"),
            "history": history(target),
            "page_title": self.title,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": ""},
                {"url": reverse(f"{self.name}s"), "label": self.title},
            ],
        }
        return render(request, self.template, context)

    def detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(request, get_object_or_404(self.rows(), pk=pk))

    @method_decorator(require_POST)
    def act(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One of the forms, carried out; or the page as it is now, with the reason why not."""
        target = get_object_or_404(self.rows(), pk=pk)
        kind = next((kind for kind in self.possible(None) if kind.name == name), None)
        if kind is None:
            raise Http404
        if not request.user.has_perm(kind.right):
            raise PermissionDenied
        form = kind(request.POST)
        if not form.is_valid():
            return self._show(request, target, form)
        try:
            form.carry_out(target, actor=request.user)
        except REFUSED as error:
            messages.error(request, str(error))
        else:
            messages.success(request, form.done)
        return redirect(self.name, pk)


def forms_of_review(review: ProductReview | None) -> list[type[forms.SaidForm]]:
    if review is None:
        return [forms.ReviewDecision, forms.ReviewShowAgain, forms.Reply]
    decide: list[type[forms.SaidForm]]
    decide = [forms.ReviewDecision] if review.reports.filter(decision="").exists() else []
    if review.is_hidden:
        return [*decide, forms.ReviewShowAgain]
    return decide if hasattr(review, "reply") else [*decide, forms.Reply]


def forms_of_question(question: Question | None) -> list[type[forms.SaidForm]]:
    if question is None:
        return [forms.QuestionDecision, forms.QuestionShowAgain, forms.Answer, forms.Decline]
    decide = [forms.QuestionDecision] if question.reports.filter(decision="").exists() else []
    by_state: dict[str, list[type[forms.SaidForm]]] = {
        State.WAITING: [forms.Answer, forms.Decline],
        State.ANSWERED: [forms.Answer],
        State.HIDDEN: [forms.QuestionShowAgain],
        State.DECLINED: [],
    }
    return [*decide, *by_state[question.state]]
