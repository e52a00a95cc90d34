"""Staff's part in shipping: charges by zone, the terms of producers; what a parcel costs is tried before saving."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db import transaction
from django.db.models import Model
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from cms.choosers import producer_chooser
from cms.desk.tuning import PREVIEW, Tried
from marketplace import clock
from marketplace.audit.models import record
from marketplace.look.figures import dong
from marketplace.shipping.models import ProducerTerms, Tariff
from marketplace.shipping.preview import Trial, compare
from marketplace.shipping.quotes import Destination, Parcel
from producers.communes import CommuneError, find_commune
from producers.models import Producer, Province

MOST_CM, MOST_G = 500, 200_000
PRODUCER_WIDGET = producer_chooser.widget_class


class TrialForm(forms.Form):
    """The parcel to be tried; all that it says is forgotten afterwards."""

    producer = forms.ModelChoiceField(
        Producer.objects.select_related("partner", "province__region"),
        label=_("Nhà sản xuất"),
        required=False,
        widget=PRODUCER_WIDGET,
    )
    origin = forms.ModelChoiceField(
        Province.objects.select_related("region"), label=_("Hoặc gửi từ tỉnh, thành phố"), required=False
    )
    to = forms.ModelChoiceField(Province.objects.select_related("region"), label=_("Đến tỉnh, thành phố"))
    commune = forms.CharField(
        label=_("Xã, phường, đặc khu"), required=False, help_text=_("Cần khi gửi ra đặc khu, hải đảo.")
    )
    weight = forms.IntegerField(label=_("Khối lượng (g)"), min_value=1, max_value=MOST_G, initial=1000)
    length = forms.IntegerField(label=_("Dài (cm)"), min_value=0, max_value=MOST_CM, initial=0)
    width = forms.IntegerField(label=_("Rộng (cm)"), min_value=0, max_value=MOST_CM, initial=0)
    height = forms.IntegerField(label=_("Cao (cm)"), min_value=0, max_value=MOST_CM, initial=0)
    goods = forms.DecimalField(
        label=_("Tiền hàng"), min_value=0, max_digits=12, decimal_places=0, initial=200_000
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("producer") and not data.get("origin"):
            self.add_error("producer", _("Bạn chọn nhà sản xuất, hoặc tỉnh gửi."))
        if data.get("to") and data.get("commune"):
            try:
                data["commune"] = find_commune(province=data["to"], text=data["commune"])
            except CommuneError as error:
                self.add_error("commune", str(error))
        return data

    def trial(self) -> Trial:
        """Of a valid form."""
        data = self.cleaned_data
        parcel = Parcel(data["weight"], data["goods"], data["length"] * data["width"] * data["height"])
        origin = data["producer"] or Producer(province=data["origin"])
        return Trial(origin, Destination(data["to"], data["commune"] or None), parcel)


class Weighed(Tried):
    """A form with a parcel beside it, and a record of who saved what."""

    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context = {"trial": TrialForm(prefix="thu", initial=self._known())} | context
        return context | {"media": context["media"] + context["trial"].media}

    def tried(self, row: Any) -> dict[str, Any]:
        trial = TrialForm(self.request.POST, prefix="thu")
        if not trial.is_valid():
            return {"trial": trial}
        return {"trial": trial, "compared": compare(trial=trial.trial(), edited=row, day=clock.today())}

    def save_instance(self) -> Any:
        with transaction.atomic():
            row = self.form.instance
            before = _facts(type(row).objects.filter(pk=row.pk).select_for_update().first())
            saved = super().save_instance()  # type: ignore[misc]
            after = _facts(saved)
            changed = [name for name in after or {} if (before or {}).get(name) != (after or {})[name]]
            _note(self.request, saved, _only(before, changed), _only(after, changed))
        return saved

    def _known(self) -> dict[str, Any]:
        row = getattr(self, "object", None)
        return {"producer": row.pk} if isinstance(row, ProducerTerms) else {}


def _facts(row: Model | None) -> dict[str, Any] | None:
    """A row's fields as JSON keeps them."""
    if row is None:
        return None
    return {name: _plain(value) for name, value in model_to_dict(row).items()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _only(facts: dict[str, Any] | None, names: list[str]) -> dict[str, Any] | None:
    return None if facts is None else {name: facts.get(name) for name in names}


def _note(request: HttpRequest, row: Any, before: Any, after: Any) -> None:
    action = f"{row._meta.model_name}_changed"  # noqa: SLF001  Django's own way to a model's name
    record(action=action, target=row, actor=request.user, before=before, after=after)


class WeighedCreateView(Weighed, CreateView):  # type: ignore[misc]
    actions = ["create", PREVIEW]


class WeighedEditView(Weighed, EditView):  # type: ignore[misc]
    actions = ["edit", PREVIEW]


class NotedDeleteView(DeleteView):  # type: ignore[misc]
    def delete_action(self) -> None:
        with transaction.atomic():
            _note(self.request, self.object, _facts(self.object), None)
            # An instance that deletes itself forgets its key, and with it the producer whose name is to be told.
            type(self.object).objects.filter(pk=self.object.pk).delete()


#: The database asks for the same, but cannot say it at the field.
LEAST = {
    "base_weight_g": 1,
    "step_weight_g": 1,
    "volume_divisor": 1,
    "base_price": 0,
    "step_price": 0,
    "free_from": 0,
    "minimum_order": 0,
}


class NumbersForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Says at its field what is too small."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LEAST.keys() & self.fields.keys():
            self.fields[name].validators.append(MinValueValidator(LEAST[name]))


class TariffForm(NumbersForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        first, last = data.get("days_from"), data.get("days_to")
        if first is not None and last is not None and last < first:
            self.add_error("days_to", _("Ngày muộn nhất không thể trước ngày sớm nhất."))
        return data

    class Meta:
        model = Tariff
        fields = [
            "zone",
            "base_weight_g",
            "base_price",
            "step_weight_g",
            "step_price",
            "volume_divisor",
            "days_from",
            "days_to",
            "free_from",
        ]


class TermsForm(NumbersForm):
    """Whose terms they are is decided once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:  # noqa: SLF001
            self.fields["producer"].disabled = True

    class Meta:
        model = ProducerTerms
        fields = [
            "producer",
            "minimum_order",
            "free_from",
            "offers_pickup",
            "pickup_address",
            "pickup_hours",
            "pickup_ready_days",
            "pickup_keep_days",
        ]
        widgets = {"producer": PRODUCER_WIDGET}


class WeighedViewSet(ModelViewSet):  # type: ignore[misc]
    template_prefix = "cms/desk/shipping/"
    add_view_class, edit_view_class, delete_view_class = WeighedCreateView, WeighedEditView, NotedDeleteView
    copy_view_enabled = False
    list_per_page = 50
    add_to_reference_index = False


def _money(name: str) -> Any:
    def shown(row: Any) -> str:
        amount = getattr(row, name)
        return "" if amount is None else dong(amount)

    return shown


class TariffViewSet(WeighedViewSet):
    model: type[Model] = Tariff
    icon = "globe"
    list_display = [
        "zone",
        Column("base_price", label=_("Phí khối lượng đầu"), accessor=_money("base_price")),
        Column("step_price", label=_("Phí mỗi nấc"), accessor=_money("step_price")),
        Column("free_from", label=_("Miễn phí từ"), accessor=_money("free_from")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        return TariffForm


class TermsViewSet(WeighedViewSet):
    model: type[Model] = ProducerTerms
    icon = "home"
    list_display = [
        "producer",
        Column("minimum_order", label=_("Đơn tối thiểu"), accessor=_money("minimum_order")),
        Column("free_from", label=_("Miễn phí giao từ"), accessor=_money("free_from")),
        BooleanColumn("offers_pickup", label=_("Cho nhận tại nơi bán")),
    ]
    list_filter = ["offers_pickup"]
    search_fields = ["producer__partner__name", "pickup_address"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        return TermsForm


class Shipping(ModelViewSetGroup):  # type: ignore[misc]
    menu_label = _("Giao hàng")
    menu_icon = "globe"
    menu_order = 310
    items = (
        TariffViewSet("tariffs", url_prefix="giao-hang/bang-phi"),
        TermsViewSet("producer_terms", url_prefix="giao-hang/nha-san-xuat"),
    )
