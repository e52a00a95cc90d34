"""Keeps a product's points and their number level with its reviews."""

from django.db.models import Avg, Count

from catalogue.changes import touch
from catalogue.models import Product

from .models import ProductReview


def level_rating(product_id: int) -> None:
    """Write the mean and the number of the counted reviews, in the caller's transaction; tell of it if it changed."""
    counted = ProductReview.objects.filter(product=product_id).counted().order_by()
    found = counted.aggregate(mean=Avg("score"), number=Count("pk"))
    other = Product.objects.filter(pk=product_id).exclude(rating=found["mean"], review_count=found["number"])
    if other.untold(rating=found["mean"], review_count=found["number"]):
        touch([product_id])
