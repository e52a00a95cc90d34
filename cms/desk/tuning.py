"""Staff's part in searching: words, promoted results, names of places and judged queries, tried before they are saved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from producers.models import PlaceAlias
from search.models import JudgedQuery, PromotedResult, StopWord, Synonym
from search.tuning.preview import answer, preview

PREVIEW = "preview"


class Tried:
    """A form whose button “Xem trước” saves nothing and shows what saving would do."""

    action: str
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        if self.action != PREVIEW:
            saved: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            return saved
        self.form = form
        shown: HttpResponse = self.render_to_response(self.get_context_data(**self.tried(form.instance)))  # type: ignore[attr-defined]
        return shown

    def tried(self, row: Any) -> dict[str, Any]:
        """What templates/cms/desk/tuning/_preview.html shows."""
        if isinstance(row, JudgedQuery):
            return {"answered": answer(row.judged)}
        return {"preview": preview(row)}


class TriedCreateView(Tried, CreateView):  # type: ignore[misc]
    actions = ["create", PREVIEW]


class TriedEditView(Tried, EditView):  # type: ignore[misc]
    actions = ["edit", PREVIEW]


class TriedDeleteView(DeleteView):  # type: ignore[misc]
    """Asks whether to delete, and says what that would do."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.user_has_permission_for_instance("delete", self.object):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if isinstance(self.object, JudgedQuery):
            return context
        return context | {"preview": preview(self.object, deleted=True)}


class ShippedPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """What comes with the shop is put out of use, not deleted: the next release would bring it back."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete" and instance.is_shipped:
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))


for model in (Synonym, StopWord):
    register_permission_policy(model, ShippedPolicy(model))


class TriedViewSet(ModelViewSet):  # type: ignore[misc]
    template_prefix = "cms/desk/tuning/"
    add_view_class, edit_view_class, delete_view_class = TriedCreateView, TriedEditView, TriedDeleteView
    copy_view_enabled = False
    list_per_page = 50
    add_to_reference_index = False


class ShippedViewSet(TriedViewSet):
    list_filter = ["active"]


class SynonymViewSet(ShippedViewSet):
    model: type[Model] = Synonym
    icon = "resubmit"
    form_fields = ["words", "targets", "weight", "not_before", "not_after", "unmarked", "active", "note"]
    list_display = ["words", Column("targets", label=_("Chỉ một chiều: tìm thêm")), BooleanColumn("active", label=_("Đang dùng"))]  # fmt: skip
    search_fields = ["words", "targets"]


class StopWordViewSet(ShippedViewSet):
    model: type[Model] = StopWord
    icon = "cross"
    form_fields = ["word", "unmarked", "active", "note"]
    list_display = ["word", BooleanColumn("unmarked", label=_("Bỏ qua cả khi gõ không dấu")), BooleanColumn("active", label=_("Đang dùng"))]  # fmt: skip
    search_fields = ["word"]


class PromotedResultViewSet(TriedViewSet):
    model: type[Model] = PromotedResult
    icon = "pick"
    panels = [FieldPanel(name) for name in ("text", "product", "position", "first_day", "last_day", "reason")]
    list_display = ["text", "product", "position", "first_day", "last_day"]
    search_fields = ["text", "product__title"]


class PlaceAliasViewSet(TriedViewSet):
    model: type[Model] = PlaceAlias
    icon = "site"
    form_fields = ["text", "kind", "province", "former_province"]
    list_display = ["text", "kind", "province", "former_province"]
    list_filter = ["kind"]
    search_fields = ["text"]


def _named(row: JudgedQuery) -> str:
    return " · ".join(row.judged.expected)


class JudgedQueryViewSet(TriedViewSet):
    model: type[Model] = JudgedQuery
    icon = "clipboard-list"
    form_fields = [
        "text", "category", "expected", "top", "anywhere", "not_above", "places", "star", "price_from", "price_to",
        "adult", "nothing",
    ]  # fmt: skip
    list_display = ["text", "category", Column("expected", label=_("Phải tìm ra ngay"), accessor=_named)]
    list_filter = ["category"]
    search_fields = ["text", "expected"]


class SearchTuning(ModelViewSetGroup):  # type: ignore[misc]
    menu_label = _("Tìm trên chợ")
    menu_icon = "search"
    menu_order = 300
    items = (
        SynonymViewSet("synonyms", url_prefix="tim-kiem/cung-nghia"),
        StopWordViewSet("stop_words", url_prefix="tim-kiem/tu-bo-qua"),
        PromotedResultViewSet("promoted_results", url_prefix="tim-kiem/duoc-chon"),
        PlaceAliasViewSet("place_aliases", url_prefix="tim-kiem/ten-dia-danh"),
        JudgedQueryViewSet("judged_queries", url_prefix="tim-kiem/cau-kiem"),
    )
