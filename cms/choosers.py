"""Choosers of shop objects for editors: a product by name, star and province; a producer by name and province."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalogue.models import Product
from marketplace import clock
from producers.models import Producer, Province
from producers.places import fold

STARS = [("", _("Mọi hạng sao")), ("5", _("5 sao")), ("4", _("4 sao")), ("3", _("3 sao"))]


class PlaceFilterForm(BaseFilterForm):  # type: ignore[misc]
    """Name (with or without tone marks) and province."""

    ten = forms.CharField(label=_("Tên"), required=False)
    tinh = forms.ModelChoiceField(
        Province.objects.all(), label=_("Tỉnh, thành phố"), required=False, empty_label=_("Mọi nơi")
    )

    def filter(self, objects: "QuerySet[Any]") -> "QuerySet[Any]":
        found: QuerySet[Any] = super().filter(objects)
        if name := "-".join(fold(self.cleaned_data["ten"]).split()):
            found = found.filter(slug__contains=name)
        if province := self.cleaned_data["tinh"]:
            found = found.filter(province=province)
        return found


class ProductFilterForm(PlaceFilterForm):
    """Also by the star of today."""

    sao = forms.ChoiceField(label=_("Sao hôm nay"), choices=STARS, required=False)

    def filter(self, objects: "QuerySet[Product]") -> "QuerySet[Product]":
        found = super().filter(objects)
        return found.filter(star=self.cleaned_data["sao"]) if self.cleaned_data["sao"] else found


class ProductChoice:
    """What both views of the product chooser share."""

    filter_form_class = ProductFilterForm

    def get_object_list(self) -> "QuerySet[Product]":
        listed: QuerySet[Product] = Product.objects.listed().with_star(clock.today())
        return listed.select_related("producer__partner", "province").order_by("title", "pk")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("star", label=_("Sao")),
            Column("producer", label=_("Nhà sản xuất")),
            Column("province", label=_("Tỉnh, thành phố")),
        ]


class ProductChooseView(ProductChoice, ChooseView):  # type: ignore[misc]
    pass


class ProductResultsView(ProductChoice, ChooseResultsView):  # type: ignore[misc]
    pass


class ProducerChoice:
    """What both views of the producer chooser share."""

    filter_form_class = PlaceFilterForm

    def get_object_list(self) -> "QuerySet[Producer]":
        return Producer.objects.select_related("partner", "province").order_by("slug", "pk")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("province", label=_("Tỉnh, thành phố"))]  # type: ignore[misc]


class ProducerChooseView(ProducerChoice, ChooseView):  # type: ignore[misc]
    pass


class ProducerResultsView(ProducerChoice, ChooseResultsView):  # type: ignore[misc]
    pass


class ProductChooser(ChooserViewSet):  # type: ignore[misc]
    model = Product
    icon = "tag"
    choose_one_text = _("Chọn sản phẩm")
    choose_another_text = _("Chọn sản phẩm khác")
    choose_view_class = ProductChooseView
    choose_results_view_class = ProductResultsView


class ProducerChooser(ChooserViewSet):  # type: ignore[misc]
    model = Producer
    icon = "home"
    choose_one_text = _("Chọn nhà sản xuất")
    choose_another_text = _("Chọn nhà sản xuất khác")
    choose_view_class = ProducerChooseView
    choose_results_view_class = ProducerResultsView


product_chooser = ProductChooser("product_chooser", url_prefix="chon-san-pham")
producer_chooser = ProducerChooser("producer_chooser", url_prefix="chon-nha-san-xuat")

ProductChooserBlock = product_chooser.get_block_class(name="ProductChooserBlock", module_path="cms.choosers")
