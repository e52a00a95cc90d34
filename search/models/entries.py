"""The database engine's own tables: derived data, one entry per listed product.

Entries can be thrown away and made again from the catalogue at any time (`manage.py search_index rebuild`).
Facets are narrow rows, texts stand apart: counting must not read descriptions.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product


class Entry(models.Model):
    """What lists, facets and sorting need of a product. Codes are those of places and categories.

    `name_order` sorts by name alike on every database, whatever its collation; `name_size` counts the name's words.
    """

    product = models.OneToOneField(
        Product, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    producer_id = models.BigIntegerField()
    province = models.CharField(max_length=2)
    former_province = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=16)
    group = models.CharField(max_length=16, blank=True)
    cls = models.CharField(max_length=16, blank=True)
    set = models.CharField(max_length=16, blank=True)
    form = models.CharField(max_length=16)
    price = models.PositiveIntegerField(null=True)
    in_stock = models.BooleanField()
    adult = models.BooleanField()
    sold = models.PositiveIntegerField(default=0)
    opinion = models.SmallIntegerField(default=0)
    name_order = models.BigIntegerField(default=0)
    name_size = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Mục tìm kiếm")
        verbose_name_plural = _("Mục tìm kiếm")
        ordering = ["product_id"]

    def __str__(self) -> str:
        return str(self.product_id)


class EntryText(models.Model):
    """A product's texts as they are shown; `folded` ones as tokens without marks between single spaces."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="text")
    name = models.CharField(max_length=255)
    producer = models.CharField(max_length=128)
    places = models.CharField(max_length=400)
    category = models.CharField(max_length=400)
    description = models.TextField()
    name_folded = models.TextField()
    producer_folded = models.TextField(default="")

    class Meta:
        ordering = ["entry_id"]

    def __str__(self) -> str:
        return self.name


class Field(models.IntegerChoices):
    """The texts of an entry, most telling first; the NARROW ones are looked into first."""

    NAME = 0
    PRODUCER = 1
    PLACES = 2
    CATEGORY = 3
    DESCRIPTION = 4


NARROW = (Field.NAME, Field.PRODUCER, Field.PLACES)
REST = (Field.CATEGORY, Field.DESCRIPTION)


class Posting(models.Model):
    """A word in one text of an entry: its folded form, the form with marks, and where it stands first."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="postings")
    term = models.CharField(max_length=64)
    exact = models.CharField(max_length=64)
    field = models.PositiveSmallIntegerField(choices=Field.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["entry_id", "field", "position", "id"]
        indexes = [models.Index(fields=["term", "field"], name="posting_of_term")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.exact}"


class StarSpan(models.Model):
    """A star an entry carries from `first_day` to `last_day`, both inclusive; spans of one entry never overlap."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="spans", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    stars = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["entry_id", "first_day"]
        indexes = [models.Index(fields=["entry", "first_day", "last_day"], name="star_span_of_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.stars}★ {self.first_day}–{self.last_day}"


class IndexState(models.Model):
    """One row: how often texts in the index, and the words that staff edit, have changed.

    What processes keep of both is stale when the number is another.
    """

    version = models.BigIntegerField(default=0)
    words = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.version)
