"""The list of producers: which are asked for, how many there are by place and form, what each one offers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import Http404, QueryDict
from django.utils.text import slugify

from producers.models import Producer, ProducerForm, Province
from producers.places import fold, place_line

from .cards import for_visitor
from .models import Product

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_LETTERS = 100


@dataclass(frozen=True)
class Wish:
    """What is asked for: part of a name, a province's slug, a form's code; '' for any. And who asks."""

    name: str = ""
    province: str = ""
    form: str = ""
    adult: bool = False


@dataclass(frozen=True)
class Choice:
    """An option of a select with the number of producers it leads to."""

    value: str
    label: str
    count: int
    selected: bool


def wish_of(data: QueryDict, *, adult: bool) -> Wish:
    """Read the address. A form that does not exist raises Http404; a province is looked up by `choices`."""
    form = data.get("hinh_thuc", "")
    if form and form not in ProducerForm.values:
        raise Http404
    return Wish(data.get("q", "").strip()[:MOST_LETTERS], data.get("tinh", ""), form, adult)


def found(wish: Wish) -> "QuerySet[Producer]":
    """Producers of something the visitor may see, in order of name.

    Names are compared without tone marks, as slugs hold them.
    """
    seen = for_visitor(Product.objects.listed(), adult=wish.adult)
    condition = Q(pk__in=seen.order_by().values("producer"))
    if wish.name:
        plain = slugify(fold(wish.name))
        condition &= Q(slug__contains=plain) if plain else Q(pk__in=[])
    if wish.province:
        condition &= Q(province__slug=wish.province)
    if wish.form:
        condition &= Q(form=wish.form)
    return Producer.objects.filter(condition).order_by("slug", "partner_id")


def province_choices(wish: Wish) -> list[Choice]:
    """Provinces that have producers of the name and form asked for. Raises Http404 for an unknown one."""
    counted = Count("producers", filter=Q(producers__in=found(replace(wish, province="")).order_by()))
    rows = Province.objects.annotate(n=counted).order_by("slug").values_list("slug", "display_name", "n")
    if wish.province and wish.province not in {slug for slug, _name, _n in rows}:
        raise Http404
    chosen = wish.province
    return [Choice(slug, name, n, slug == chosen) for slug, name, n in rows if n or slug == chosen]


def form_choices(wish: Wish) -> list[Choice]:
    """Forms that producers of the name and province asked for have."""
    rows = found(replace(wish, form="")).order_by("form").values_list("form").annotate(n=Count("pk"))
    counts = dict(rows)
    choices = [Choice(form, str(form.label), counts.get(form, 0), form == wish.form) for form in ProducerForm]
    return [choice for choice in choices if choice.count or choice.selected]


def drawn(producers: Iterable[Producer], *, day: date, adult: bool) -> list[dict[str, Any]]:
    """Producers as templates/producers/list.html draws them, with their products counted in one query."""
    shown = list(producers)
    stars: dict[int | None, list[int | None]] = defaultdict(list)
    products = for_visitor(Product.objects.listed().filter(producer__in=shown), adult=adult)
    for key, star in products.with_star(day).order_by().values_list("producer", "star"):  # type: ignore[attr-defined]
        stars[key].append(star)
    return [_entry(producer, stars[producer.pk]) for producer in shown]


def _entry(producer: Producer, stars: list[int | None]) -> dict[str, Any]:
    return {
        "name": producer.name,
        "url": producer.get_absolute_url(),
        "place_line": place_line(producer.province, producer.former_province),
        "form": producer.get_form_display(),
        "product_count": len(stars),
        "best_star": max((star for star in stars if star), default=None),
        "is_demo": producer.is_demo,
    }
