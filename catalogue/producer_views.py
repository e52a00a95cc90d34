"""The public pages of producers: the list, and one producer with its products."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace import clock
from producers.models import Producer
from producers.places import full_place
from producers.profile import public_contact, whereabouts

from .cards import cards
from .crumbs import home
from .models import Product
from .paging import paged
from .producer_list import drawn, form_choices, found, province_choices, wish_of
from .shelf import Shelf, shelf_of
from .structured import organization

PER_PAGE = 24


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Producers by name, place and form."""
    wish = wish_of(request.GET, adult=request.is_adult)  # type: ignore[attr-defined]
    provinces = province_choices(wish)
    rows = found(wish).select_related("partner", "province", "former_province")
    context = paged(request, rows, size=PER_PAGE)
    page = context["page"]
    context |= {
        "crumbs": [home(), {"label": _("Nhà sản xuất")}],
        "action": reverse("producers:list"),
        "sought": wish.name,
        "provinces": provinces,
        "forms": form_choices(wish),
        "total": page.paginator.count,
        "producers": drawn(page, day=clock.today(), adult=wish.adult),
    }
    return render(request, "producers/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One producer; an outdated name in the address leads to today's.

    Looked up by the partner's own key: a number too large for the database is then nobody's instead of an error.
    """
    parts = ("partner", "commune", "province__region", "former_province")
    producer = get_object_or_404(Producer.objects.select_related(*parts), partner__id=pk)
    if slug != producer.slug:
        return redirect(producer, permanent=True)
    day, adult = clock.today(), request.is_adult  # type: ignore[attr-defined]
    shelf = shelf_of(Product.objects.listed().filter(producer=producer), day=day, adult=adult)
    context = paged(request, shelf.ids, size=PER_PAGE)
    context |= {
        "producer": _profile(producer, shelf),
        "facts": _facts(producer),
        "cards": cards(context["page"], day=day),
        "share": {"title": producer.name, "description": _description(producer, shelf)},
        "schema": organization(producer, url=request.build_absolute_uri(producer.get_absolute_url())),
    }
    return render(request, "producers/detail.html", context)


def _profile(producer: Producer, shelf: Shelf) -> dict[str, Any]:
    return {
        "pk": producer.pk,
        "name": producer.name,
        "form": producer.get_form_display(),
        "place_line": whereabouts(producer),
        "about": producer.about,
        "region": producer.province.region.code,
        "is_demo": producer.is_demo,
        "product_count": shelf.product_count,
        "five_star_count": shelf.five_star_count,
    }


def _facts(producer: Producer) -> list[dict[str, Any]]:
    contact = public_contact(producer)
    province_url = reverse("places:province", kwargs={"slug": producer.province.slug})
    return [
        {"label": _("Loại hình"), "value": producer.get_form_display()},
        {
            "label": _("Ở đâu"),
            "value": full_place(producer.province, producer.commune),
            "url": province_url,
            "vi": True,
        },
        {"label": _("Ghi trên giấy tờ"), "value": producer.place_text, "vi": True},
        {"label": _("Điện thoại"), "value": contact.phone, "url": f"tel:{contact.phone}"},
        {"label": _("Email"), "value": contact.email, "url": f"mailto:{contact.email}"},
        {"label": _("Trang web"), "value": contact.website, "url": contact.website},
    ]


def _description(producer: Producer, shelf: Shelf) -> str:
    words = _("%(name)s, %(place)s: %(count)d sản phẩm trên Chợ OCOP.")
    return words % {"name": producer.name, "place": whereabouts(producer), "count": shelf.product_count}
