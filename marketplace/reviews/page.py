"""What the product page shows of its reviews: counts, filters, one page of them, in at most four queries."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from marketplace.pictures.sizes import picture

from .models import ProductReview, ReviewPhoto
from .reasons import VOIDS_POINTS

PER_PAGE = 6
NEWEST, HELPFUL = "moi", "huu-ich"


def reviews_of(product: Any, asked: Mapping[str, str]) -> dict[str, Any]:
    """The section's context for a listed product; `asked` is the page's query: diem, co_anh, xep, trang."""
    points = _points(product)
    total = sum(point["all"] for point in points)
    chosen = asked.get("diem", "")
    score = int(chosen) if chosen in {"1", "2", "3", "4", "5"} else None
    with_photos = asked.get("co_anh") == "1"
    sort = HELPFUL if asked.get("xep") == HELPFUL else NEWEST
    page = _page(_filtered(product, score, with_photos, sort), asked.get("trang")) if total else None
    return {
        "product": product,
        "total": total,
        "number": sum(point["number"] for point in points),
        "points": points,
        "photos": sum(point["photos"] for point in points),
        "score": score,
        "with_photos": with_photos,
        "sort": sort,
        "page": page,
        "rows": [_row(review) for review in page] if page else [],
    }


def _points(product: Any) -> list[dict[str, int]]:
    """For 5 points down to 1: how many count (`number`), how many there are to see (`all`), and with pictures."""
    seen = Exists(ReviewPhoto.objects.filter(review=OuterRef("pk")).exclude(shown=""))
    found = (
        ProductReview.objects.filter(product=product)
        .order_by()
        .values("score")
        .annotate(
            all=Count("pk"),
            number=Count("pk", filter=~Q(hidden_reason__in=VOIDS_POINTS)),
            photos=Count("pk", filter=Q(seen, status=ProductReview.APPROVED)),
        )
    )
    by_score = {row["score"]: row for row in found}
    nothing = {"all": 0, "number": 0, "photos": 0}
    rows = [{"score": score, **nothing, **by_score.get(score, {})} for score in (5, 4, 3, 2, 1)]
    number = sum(row["number"] for row in rows)
    return [{**row, "share": round(100 * row["number"] / number) if number else 0} for row in rows]


def _filtered(product: Any, score: int | None, with_photos: bool, sort: str) -> "QuerySet[ProductReview]":
    rows = ProductReview.objects.filter(product=product)
    if score:
        rows = rows.filter(score=score)
    if with_photos:
        seen = ReviewPhoto.objects.filter(review=OuterRef("pk")).exclude(shown="")
        rows = rows.shown().filter(Exists(seen))
    order = ["-delta_votes"] if sort == HELPFUL else []
    rows = rows.order_by(*order, "-date_created", "-pk")
    return rows.select_related("reply__producer__partner").prefetch_related("photos")


def _page(rows: "QuerySet[ProductReview]", asked: str | None) -> "Page[ProductReview]":
    return Paginator(rows, PER_PAGE).get_page(asked)


def _row(review: ProductReview) -> dict[str, Any]:
    """A hidden one keeps its place, its points and the reason; its words, pictures, name and answer are not told."""
    if review.is_hidden:
        return {"review": review, "hidden": review.get_hidden_reason_display()}
    return {
        "review": review,
        "hidden": "",
        "paragraphs": [line.strip() for line in review.body.splitlines() if line.strip()],
        "photos": [picture(photo.shown) for photo in review.photos.all() if photo.shown],
        "reply": getattr(review, "reply", None),
    }
