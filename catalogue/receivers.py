"""Turns written rows of the catalogue, the producers and the places into changed products.

Single writes come by Django's signals, mass writes by `rows_written` (marketplace/writes.py).
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from marketplace.writes import rows_written
from producers.models import Commune, FormerProvince, Producer, Province, Region

from .changes import touch
from .models import Category, Product, ProductCategory, Rating

IN_DOCUMENTS = {"name", "name_en", "flags", "number", "code", "path"}
"""What documents take of a category; the tree writes other columns in mass."""


@receiver([post_save, post_delete], sender=Product)
def product_changed(instance: Product, **kwargs: Any) -> None:
    touch([instance.parent_id or instance.pk])


@receiver(rows_written, sender=Product)
def products_written(ids: list[int], **kwargs: Any) -> None:
    touch(_keys(Product.objects.filter(pk__in=ids), Coalesce("parent_id", "pk")))


@receiver([post_save, post_delete], sender=Rating)
@receiver([post_save, post_delete], sender=ProductCategory)
def part_changed(instance: Any, **kwargs: Any) -> None:
    touch([instance.product_id])


@receiver(rows_written, sender=Rating)
@receiver(rows_written, sender=ProductCategory)
def parts_written(sender: Any, ids: list[int], **kwargs: Any) -> None:
    touch(_keys(sender.objects.filter(pk__in=ids), "product_id"))


@receiver(m2m_changed, sender=ProductCategory)
def categories_changed(instance: Any, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """From either side; what a category is cleared of must be known before."""
    if action == "pre_clear" and isinstance(instance, Category):
        instance.cleared = list(_keys(instance.product_set.all()))
    if action.startswith("post_"):
        others = pk_set if pk_set is not None else getattr(instance, "cleared", ())
        touch([instance.pk] if isinstance(instance, Product) else others)


@receiver(post_save, sender=Category)
def category_changed(instance: Category, created: bool, **kwargs: Any) -> None:
    """The products of its sets too: they are found by the names of class and group."""
    if not created:
        touch(_keys(Product.objects.filter(categories__path__startswith=instance.path)))


@receiver(rows_written, sender=Category)
def categories_written(ids: list[int], fields: frozenset[str] | None, **kwargs: Any) -> None:
    if fields and not fields.isdisjoint(IN_DOCUMENTS):
        for category in Category.objects.filter(pk__in=ids):
            category_changed(category, created=False)


@receiver(post_save, sender=Producer)
def producer_changed(instance: Producer, created: bool, **kwargs: Any) -> None:
    if not created:
        touch(_keys(Product.objects.filter(producer=instance)))


@receiver(rows_written, sender=Producer)
def producers_written(ids: list[int], **kwargs: Any) -> None:
    touch(_keys(Product.objects.filter(producer__in=ids)))


PLACES = {
    Region: "province__region__in",
    Province: "province__in",
    FormerProvince: "former_province__in",
    Commune: "commune__in",
}


def place_changed(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Its products are found by its name and counted under its code."""
    if not created:
        places_written(sender, [instance.pk])


def places_written(sender: Any, ids: list[int], **kwargs: Any) -> None:
    touch(_keys(Product.objects.listed().filter(Q(**{PLACES[sender]: ids}))))


for place in PLACES:
    post_save.connect(place_changed, sender=place)
    rows_written.connect(places_written, sender=place)


def _keys(rows: "QuerySet[Any]", key: Any = "pk") -> Any:
    return rows.order_by().values_list(key, flat=True)
