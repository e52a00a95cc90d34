"""The context of templates/catalogue/product.html, in at most eight queries."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from marketplace import prepaid
from marketplace.pictures.sizes import picture, share_url
from producers.models import Producer
from producers.places import full_place, place_line, place_words
from producers.profile import public_contact

from .cards import draw, rows_of, star_facts
from .certificates import certificate, history
from .crumbs import all_products, home
from .models import Category, Product, Rating, Sale
from .offer import Offer, offer_of
from .related import Related, related
from .structured import product_schema


def find(pk: int) -> Any:
    """The listed product with this key or with a size of this key, or None if there is none to be seen."""
    seen = Product.objects.listed().select_related(
        "producer__partner", "province__region", "former_province", "commune"
    )
    return seen.filter(pk=pk).first() or seen.filter(children=pk).first()


def product_page(product: Any, *, day: date, adult: bool, absolute: Callable[[str], str]) -> dict[str, Any]:
    """`product` comes from `find`; `absolute` makes an address absolute. Alcohol can be
    ordered where it can be paid without cash."""
    near = related(product, day=day, adult=adult)
    beside = rows_of([*near.of_producer, *near.of_place])
    by_product = _ratings(product.pk, *(row.pk for row in beside))
    facts = {key: [rating.facts for rating in ratings] for key, ratings in by_product.items()}
    drawn = draw(beside, facts, day=day)
    ratings = by_product[product.pk]
    offer = offer_of(product)
    shots = [image for image in product.images.all() if image.shown]
    context = {
        "goods": product,
        "certificate": certificate(ratings, day=day),
        "ratings": history(ratings, day=day),
        "pictures": [picture(shot.shown, alt=shot.caption or product.title) for shot in shots],
        "paragraphs": _paragraphs(product.description),
        "facts": _facts(product),
        "producer": _producer(product, near),
        "same_producer": [drawn[key] for key in near.of_producer if key in drawn],
        "same_place": [drawn[key] for key in near.of_place if key in drawn],
        **_buying(product, offer),
        **_place(product),
    }
    context["product"] = _product(product, offer, context) | star_facts(facts.get(product.pk, []), day)
    context["crumbs"] = _crumbs(product)
    return context | _told_elsewhere(context, product, [shot.shown for shot in shots], absolute)


def _ratings(*products: int) -> dict[int, list[Rating]]:
    found: dict[int, list[Rating]] = defaultdict(list)
    for rating in Rating.objects.filter(product__in=products).newest_first():
        found[rating.product_id].append(rating)
    return found


def _product(product: Any, offer: Offer, context: dict[str, Any]) -> dict[str, Any]:
    ocop_set = product.ocop_set
    then_label, then = _place_then(product, context["certificate"])
    place, maker = place_line(product.province, product.former_province), product.producer.name
    return {
        "title": product.title,
        "name_en": product.name_en,
        "sale": product.sale,
        "adult": product.is_alcohol,
        "in_stock": offer.in_stock,
        "rating": product.rating,
        "review_count": product.review_count,
        "price": context["shown_price"],
        "price_from": offer.has_dearer,
        "stock": None if product.is_parent or not offer.sizes else offer.sizes[0].pieces,
        "net_quantity": product.net_quantity,
        "place_line": place,
        "producer_name": maker,
        "producer_place": "" if maker.casefold().endswith(place.casefold()) else place,
        "producer_url": product.producer.get_absolute_url(),
        "producer_form": product.producer.get_form_display(),
        "place_now": _place_now(product),
        "place_then": then,
        "place_then_label": then_label,
        "set_label": f"{ocop_set.number}. {ocop_set.local_name}" if ocop_set else "",
        "set_url": _browse(ocop_set) if ocop_set else "",
        "ip_number": product.ip_number,
        "planting_area_code": product.planting_area_code,
    }


def _buying(product: Any, offer: Offer) -> dict[str, Any]:
    """Sizes with the first that is in stock chosen, and where the form goes."""
    sizes = offer.sizes if product.is_parent else ()
    chosen = next((size for size in sizes if size.in_stock), None)
    alcohol, sold = product.is_alcohol, prepaid.at_all()
    cannot = _("Đồ uống có cồn: bạn xem được, cửa hàng chưa nhận đặt.")
    prepaid_only = _("Đồ uống có cồn: từ đủ 18 tuổi, trả trước bằng thẻ hoặc chuyển khoản.")
    return {
        "sizes": sizes,
        "chosen": chosen.id if chosen else None,
        "shown_price": chosen.price if chosen else offer.lowest,
        "can_order": sold or not alcohol,
        "cannot_order": cannot if alcohol and not sold else "",
        "order_note": prepaid_only if alcohol and sold else "",
        "buy": reverse("basket:add"),
        "product_id": product.pk,
        "enquiry": _enquiry(product.producer) if product.sale == Sale.ENQUIRY else None,
    }


def _enquiry(producer: Producer) -> dict[str, str]:
    contact = public_contact(producer)
    return {
        "phone": contact.phone,
        "email": contact.email,
        "website": contact.website,
        "direct": contact.phone or contact.email or contact.website,
        "url": producer.get_absolute_url(),
    }


def _producer(product: Any, near: Related) -> dict[str, Any]:
    producer = product.producer
    return {
        "pk": producer.pk,
        "name": producer.name,
        "url": producer.get_absolute_url(),
        "about": producer.about,
        "region": product.province.region.code,
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
        return _("Ghi trên chứng nhận"), _resolved(shown.place_name, product)
    if product.origin_text:
        return _("Nơi sản xuất, như giấy tờ ghi"), product.origin_text
    former = product.former_province.name if product.former_province else ""
    same = product.province is not None and former == product.province.name
    return _("Tên nơi trước đây"), "" if same else former


def _resolved(written: str, product: Product) -> str:
    """The name as it was issued, with today's province where that has another name."""
    assert product.province is not None
    former = product.former_province.name if product.former_province else None
    name, shown = product.province.name, product.province.display_name
    return place_words(former, name=name, shown=shown) if written == former else written


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
