"""Layouts of files, tried with a file before they are saved."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.desk.tuning import PREVIEW, Tried
from marketplace import clock
from marketplace.audit.models import record
from marketplace.reconciliation.models import FileLayout
from marketplace.reconciliation.reading import Unreadable, read

CHANGED = "reconciliation.layout_changed"
MOST_SHOWN = 20


class LayoutForm(WagtailAdminModelForm):  # type: ignore[misc]
    trial = forms.FileField(
        label=_("Thử với một tệp"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Không bắt buộc. Chọn tệp rồi bấm Xem trước: tệp chỉ được đọc thử, không nhập và không giữ lại."
        ),
    )

    class Meta:
        model = FileLayout
        fields = (
            "name",
            "kind",
            "book",
            "carrier",
            "is_active",
            "file_type",
            "encoding",
            "delimiter",
            "heading_row",
            "footer",
            "date_heading",
            "date_format",
            "amount_heading",
            "credit_heading",
            "debit_heading",
            "fee_heading",
            "text_heading",
            "reference_heading",
            "tracking_heading",
            "thousands_mark",
            "decimal_mark",
            "note",
        )


class Tries(Tried):
    """Reads the file that was chosen, and records who saved what."""

    request: Any
    form: Any

    def tried(self, row: FileLayout) -> dict[str, Any]:
        file = self.request.FILES.get("trial")
        if file is None:
            return {"tried": True}
        try:
            entries = read(file.read(settings.STATEMENT_LARGEST + 1), row, today=clock.today())
        except Unreadable as error:
            return {"tried": True, "refused": str(error)}
        return {"tried": True, "entries": entries[:MOST_SHOWN], "number": len(entries)}

    def save_instance(self) -> Any:
        with transaction.atomic():
            row = self.form.instance
            before = FileLayout.objects.filter(pk=row.pk).select_for_update(of=("self",)).first()
            known = model_to_dict(before) if before else {}
            saved = super().save_instance()  # type: ignore[misc]
            facts = model_to_dict(saved)
            changed = [name for name in facts if known.get(name) != facts[name]]
            record(
                action=CHANGED,
                target=saved,
                actor=self.request.user,
                before={name: known.get(name) for name in changed} if before else None,
                after={name: facts[name] for name in changed},
            )
        return saved


class TriesCreateView(Tries, CreateView):  # type: ignore[misc]
    actions = ["create", PREVIEW]


class TriesEditView(Tries, EditView):  # type: ignore[misc]
    actions = ["edit", PREVIEW]


class LayoutViewSet(ModelViewSet):  # type: ignore[misc]
    """A layout that files came by stays; it is put out of use."""

    model: type[Model] = FileLayout
    icon = "table"
    template_prefix = "cms/desk/reconciliation/layouts/"
    add_view_class, edit_view_class = TriesCreateView, TriesEditView
    list_display = [
        "name",
        Column("kind", label=_("Loại"), accessor="get_kind_display"),
        Column("file_type", label=_("Kiểu tệp"), accessor="get_file_type_display"),
        "book",
        BooleanColumn("is_active", label=_("Đang dùng")),
    ]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "book"]
    copy_view_enabled = True
    add_to_reference_index = False
    add_to_admin_menu = False

    def get_form_class(self, for_update: bool = False) -> type[LayoutForm]:
        return LayoutForm


layouts = LayoutViewSet("file_layouts", url_prefix="doi-soat/bo-cuc")
