"""What the product page shows of its questions, in one query."""

from collections.abc import Mapping
from typing import Any

from .models import Question

PER_PAGE = 5
MOST_PAGES = 1000


def questions_of(product: Any, asked: Mapping[str, str]) -> dict[str, Any]:
    """The section's context for a listed product: one page of answered questions, newest answer first."""
    given = asked.get("trang_hoi", "1")
    page = min(int(given), MOST_PAGES) if given.isdecimal() and len(given) < 6 and int(given) else 1
    start = (page - 1) * PER_PAGE
    answered = Question.objects.public().filter(product=product).order_by("-answered_at", "-pk")
    rows = list(answered[start : start + PER_PAGE + 1])
    return {
        "product": product,
        "questions": rows[:PER_PAGE],
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if len(rows) > PER_PAGE else None,
        "producer_name": product.producer.name,
    }
