"""The context of templates/catalogue/product.html, in at most eight queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from marketplace.pictures.sizes import picture, share_url
from producers.models import Producer
from producers.places import full_place, place_line
from producers.profile import public_contact

from .cards import draw, rows_of, star_facts, with_offer
from .certificates import certificate, history
from .crumbs import all_products, home
from .models import Category, Product, Rating, Sale
from .related import Related, related
from .structured import product_schema


def find(pk: int, *, day: date) -> Any:
    """The listed product with this key or with a size of this key, or None if there is none to be seen."""
    parent = Product.objects.filter(pk=pk).values("parent")[:1]
    wanted = Product.objects.listed().filter(Q(pk=pk) | Q(pk=Subquery(parent)))
    seen = _with_pieces(with_offer(wanted))
    return seen.select_related(
        "producer__partner", "producer__province__region", "province", "former_province", "commune"
    ).first()


def product_page(product: Any, *, day: date, adult: bool, absolute: Callable[[str], str]) -> dict[str, Any]:
    """`product` comes from `find`; `absolute` makes an address absolute. Alcohol can be seen, not ordered."""
    near = related(product, day=day, adult=adult)
    beside = rows_of([*near.of_producer, *near.of_place])
    prefetch_related_objects([product, *beside], "ratings")
    drawn = draw(beside, day=day)
    ratings: list[Rating] = list(product.ratings.all())
    shots = [image for image in product.images.all() if image.shown]
    context = {
        "goods": product,
        "certificate": certificate(ratings, day=day),
        "ratings": history(ratings, day=day),
        "pictures": [picture(shot.shown, alt=shot.caption or product.title) for shot in shots],
        "paragraphs": _paragraphs(product.description),
        "facts": _facts(product),
        "producer": _producer(product.producer, near),
        "same_producer": [drawn[key] for key in near.of_producer if key in drawn],
        "same_place": [drawn[key] for key in near.of_place if key in drawn],
        **_buying(product),
        **_place(product),
    }
    context["product"] = _product(product, context, day)
    context["crumbs"] = _crumbs(product)
    return context | _told_elsewhere(context, product, [shot.shown for shot in shots], absolute)


def _with_pieces(products: Any) -> Any:
    """Annotate `pieces`: what is left of the first stock record, the one that is sold from."""
    stock = get_model("partner", "StockRecord").objects.filter(product=OuterRef("pk")).order_by("pk")
    left = stock.annotate(pieces=F("num_in_stock") - Coalesce(F("num_allocated"), Value(0)))
    return products.annotate(pieces=Subquery(left.values("pieces")[:1]))


def _product(product: Any, context: dict[str, Any], day: date) -> dict[str, Any]:
    ocop_set = product.ocop_set
    then_label, then = _place_then(product, context["certificate"])
    return {
        "title": product.title,
        "name_en": product.name_en,
        "sale": product.sale,
        "adult": product.adult,
        "in_stock": product.left,
        "price": context["shown_price"],
        "price_from": product.lowest != product.highest,
        "stock": None if product.is_parent else product.pieces,
        "net_quantity": product.net_quantity,
        "place_line": place_line(product.province, product.former_province),
        "producer_name": product.producer.name,
        "producer_url": product.producer.get_absolute_url(),
        "producer_form": product.producer.get_form_display(),
        "place_now": _place_now(product),
        "place_then": then,
        "place_then_label": then_label,
        "set_label": f"{ocop_set.number}. {ocop_set.local_name}" if ocop_set else "",
        "set_url": _browse(ocop_set) if ocop_set else "",
        "ip_number": product.ip_number,
        "planting_area_code": product.planting_area_code,
        **star_facts(product.ratings.all(), day),
    }


def _buying(product: Any) -> dict[str, Any]:
    """Sizes with the first that is in stock chosen, and where the form goes."""
    sizes = _sizes(product) if product.is_parent else []
    chosen = next((size for size in sizes if size["in_stock"]), None)
    words = _("Đồ uống có cồn: bạn xem được, cửa hàng chưa nhận đặt.")
    return {
        "sizes": sizes,
        "chosen": chosen["id"] if chosen else None,
        "shown_price": chosen["price"] if chosen else product.lowest,
        "can_order": not product.adult,
        "cannot_order": words if product.adult else "",
        "buy": reverse("basket:add"),
        "product_id": product.pk,
        "enquiry": _enquiry(product.producer) if product.sale == Sale.ENQUIRY else None,
    }


def _sizes(product: Product) -> list[dict[str, Any]]:
    children = with_offer(Product.objects.filter(parent=product, is_public=True))
    priced = children.filter(lowest__isnull=False).order_by("lowest", "pk")
    return [
        {
            "id": child.pk,
            "label": child.net_quantity or child.title,
            "price": child.lowest,
            "in_stock": child.left,
        }
        for child in priced
    ]


def _enquiry(producer: Producer) -> dict[str, str]:
    contact = public_contact(producer)
    return {
        "phone": contact.phone,
        "email": contact.email,
        "website": contact.website,
        "direct": contact.phone or contact.email or contact.website,
        "url": producer.get_absolute_url(),
    }


def _producer(producer: Producer, near: Related) -> dict[str, Any]:
    return {
        "pk": producer.pk,
        "name": producer.name,
        "url": producer.get_absolute_url(),
        "about": producer.about,
        "region": producer.province.region.code,
        "product_count": near.product_count,
        "five_star_count": near.five_star_count,
    }


def _facts(product: Product) -> list[dict[str, Any]]:
    service = product.sale == Sale.ENQUIRY
    rows = (
        (_("Thành phần"), product.ingredients),
        (_("Thời lượng") if service else _("Khối lượng tịnh"), product.net_quantity),
        (_("Hạn dùng"), product.shelf_life),
        (_("Bảo quản"), product.storage),
    )
    return [{"label": label, "value": value, "vi": True} for label, value in rows if value]


def _place(product: Product) -> dict[str, str]:
    assert product.province is not None  # a constraint of the table for listed products
    url = reverse("places:province", kwargs={"slug": product.province.slug})
    return {"place_name": product.province.display_name, "place_url": url}


def _place_now(product: Product) -> str:
    assert product.province is not None
    return full_place(product.province, product.commune)


def _place_then(product: Product, shown: Rating | None) -> tuple[str, str]:
    """The older name of the place and who says it: the certificate, other papers, or the map of then."""
    if shown and shown.place_name:
        return _("Ghi trên chứng nhận"), shown.place_name
    if product.origin_text:
        return _("Nơi sản xuất, như giấy tờ ghi"), product.origin_text
    former = product.former_province.name if product.former_province else ""
    same = product.province is not None and former == product.province.name
    return _("Tên nơi trước đây"), "" if same else former


def _crumbs(product: Product) -> list[dict[str, Any]]:
    found = product.ocop_set
    between = [{"label": found.local_name, "url": _browse(found)}] if found else []
    return [home(), all_products(), *between, {"label": product.title, "vi": True}]


def _browse(category: Category) -> str:
    return f"{reverse('search:browse')}?nhom={category.slug}"


def _paragraphs(description: str) -> list[str]:
    """Producers' texts are plain; what looks like HTML in them is taken out."""
    lines = (strip_tags(line).strip() for line in description.replace("</p>", "\n").splitlines())
    return [line for line in lines if line]


def _told_elsewhere(
    context: dict[str, Any], product: Product, shown: list[str], absolute: Callable[[str], str]
) -> dict[str, Any]:
    """What search engines and shared links are told."""
    text = " ".join(context["paragraphs"]) or f"{product.title}, {context['product']['place_line']}"
    description = Truncator(text).chars(160)
    pictures = [absolute(shot.url_1200) for shot in context["pictures"]]
    url = absolute(product.get_absolute_url())
    schema = product_schema(context, url=url, description=description, pictures=pictures, absolute=absolute)
    share = absolute(share_url(shown[0])) if shown else ""
    return {
        "schema": schema,
        "share": {"title": product.title, "description": description, "picture": share},
    }
