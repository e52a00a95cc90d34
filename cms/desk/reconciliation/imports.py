"""Files of banks and carriers: bringing one, the list of all that were brought, and what became of one."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from cms.desk.searches import WIDE_ENOUGH
from marketplace import clock
from marketplace.look.figures import day, moment
from marketplace.reconciliation.importing import import_file
from marketplace.reconciliation.models import FileLayout, Import, ImportState, LineState

from .rights import IMPORT

NAME = "desk_imports"


class ImportFilters(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Tình trạng"), choices=ImportState.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Import
        fields: list[str] = []


class StateColumn(Column):  # type: ignore[misc]
    cell_template_name = "cms/desk/reconciliation/_state.html"


def _days(row: Import) -> str:
    if not row.first_day or not row.last_day:
        return "–"
    first, last = day(row.first_day), day(row.last_day)
    return first if first == last else f"{first} – {last}"


class Imports(ReportView):  # type: ignore[misc]
    model = Import
    page_title = gettext_lazy("Tệp đã nhập")
    header_icon = "upload"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    filterset_class = ImportFilters
    default_ordering = "-at"
    show_export_buttons = False
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Tên tệp"),
            get_url=lambda row: reverse("desk_import", args=[row.pk]),
            link_attrs=WIDE_ENOUGH,
        ),
        Column("layout", label=gettext_lazy("Bố cục"), accessor="layout.name"),
        StateColumn("state", label=gettext_lazy("Tình trạng"), accessor="get_state_display"),
        Column("rows", label=gettext_lazy("Số dòng")),
        Column("known", label=gettext_lazy("Đã có từ trước")),
        Column("days", label=gettext_lazy("Các ngày"), accessor=_days),
        Column("at", label=gettext_lazy("Nhập lúc"), accessor=lambda row: moment(row.at), sort_key="at"),
        Column("by", label=gettext_lazy("Người nhập"), accessor="by"),
    ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not self.request.user.has_perm(IMPORT):
            return []
        return [HeaderButton(_("Nhập tệp"), url=reverse("desk_import_new"), icon_name="upload")]

    def get_base_queryset(self) -> QuerySet[Import]:
        return Import.objects.select_related("layout", "by")

    def get_filtered_queryset(self) -> QuerySet[Import]:
        found: QuerySet[Import] = self.get_queryset()
        return found


class ImportForm(forms.Form):
    layout = forms.ModelChoiceField(
        FileLayout.objects.filter(is_active=True),
        label=gettext_lazy("Bố cục"),
        empty_label=gettext_lazy("Chọn bố cục"),
    )
    file = forms.FileField(label=gettext_lazy("Tệp"), allow_empty_file=True)


def new(request: HttpRequest) -> HttpResponse:
    """Choose layout and file; what became of it is a page of its own, refused or not."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        made = import_file(
            layout=form.cleaned_data["layout"],
            name=file.name,
            content=file.read(settings.STATEMENT_LARGEST + 1),  # enough to be refused
            user=request.user,
            moment=clock.now(),
        )
        if made.state == ImportState.REFUSED:
            messages.error(request, _("Tệp bị từ chối, chưa nhập dòng nào."))
        else:
            told = _("Đã nhập %(new)d dòng mới, %(known)d dòng đã có từ trước.")
            messages.success(request, told % {"new": made.rows - made.known, "known": made.known})
        return redirect("desk_import", made.pk)
    context = {
        "form": form,
        "most": settings.STATEMENT_LARGEST // 1024,
        "page_title": _("Nhập tệp"),
        "breadcrumbs_items": _breadcrumbs(_("Nhập tệp")),
    }
    return render(request, "cms/desk/reconciliation/new.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    made = get_object_or_404(Import.objects.select_related("layout", "by"), pk=pk)
    counted = dict(made.lines.order_by().values_list("state").annotate(number=Count("pk")))
    context = {
        "made": made,
        "new": made.rows - made.known,
        "counts": [
            (state, LineState(state).label, counted[state]) for state in LineState if state in counted
        ],
        "page_title": made.name,
        "breadcrumbs_items": _breadcrumbs(made.name),
    }
    return render(request, "cms/desk/reconciliation/import.html", context)


def _breadcrumbs(last: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
        {"url": reverse(NAME), "label": Imports.page_title},
        {"url": "", "label": last},
    ]
