"""Who carries parcels; one that is used no more is put out of use, since parcels keep it."""

from django.db.models import Model
from wagtail.admin.viewsets.model import ModelViewSet

from marketplace.order.models import Carrier


class CarrierViewSet(ModelViewSet):  # type: ignore[misc]
    model: type[Model] = Carrier
    icon = "site"
    form_fields = ["name", "phone", "tracking_address", "is_active"]
    list_display = ["name", "phone", "is_active"]
    search_fields = ["name"]
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_admin_menu = False


carriers = CarrierViewSet("carriers", url_prefix="don-vi-van-chuyen")
