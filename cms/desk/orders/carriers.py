"""Who carries parcels; one that is used no more is put out of use, since parcels keep it."""

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from marketplace.order.models import Carrier


class CarrierForm(WagtailAdminModelForm):  # type: ignore[misc]
    tracking_address = forms.URLField(
        label=_("Trang tra cứu"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Viết {} ở chỗ của mã vận đơn, như https://donvi.example/tra-cuu/{}"),
    )

    class Meta:
        model = Carrier
        fields = ("name", "phone", "tracking_address", "is_active")


class CarrierViewSet(ModelViewSet):  # type: ignore[misc]
    model: type[Model] = Carrier
    icon = "site"
    list_display = ["name", "phone", "is_active"]
    search_fields = ["name"]
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = False

    def get_form_class(self, for_update: bool = False) -> type[CarrierForm]:
        return CarrierForm


carriers = CarrierViewSet("carriers", url_prefix="don-vi-van-chuyen")
