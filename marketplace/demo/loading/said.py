"""Reviews and questions of the demonstration: invented, and marked so on the pages. They belong to no order."""

import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from catalogue.models import Product, Sale
from marketplace.clock import VIETNAM
from marketplace.demo.chance import chance
from marketplace.demo.rows import DATA
from marketplace.questions.models import Question, State
from marketplace.reviews.models import ProductReview, ReviewReply
from marketplace.reviews.rating import level_rating

EVERY = 25
"""Of every so many products one has reviews, and questions."""
MOST_REVIEWS, MOST_QUESTIONS = 6, 2


def load_said(*, today: date) -> int:
    """Add what is missing; the number of reviews and questions added. Days lie before `today`."""
    said = tomllib.loads((DATA / "said.toml").read_text(encoding="utf-8"))
    have = set(ProductReview.objects.filter(is_demo=True).values_list("product", flat=True))
    have |= set(Question.objects.filter(is_demo=True).values_list("product", flat=True))
    chosen = (
        Product.objects.listed()
        .filter(is_demo=True, sale=Sale.ON_SALE, upc__startswith="DEMO-")
        .order_by("upc")
    )
    talked = [product for product in chosen.select_related("producer") if _is_talked_about(product.upc)]
    return sum(_load(product, said, today) for product in talked if product.pk not in have)


def _is_talked_about(code: str) -> bool:
    return chance("said", code).randrange(EVERY) == 0


@transaction.atomic
def _load(product: Any, said: dict[str, Any], today: date) -> int:
    draw = chance("said", product.upc, "what")
    reviews = draw.sample(said["reviews"], draw.randint(1, MOST_REVIEWS))
    questions = draw.sample(said["questions"], draw.randint(0, MOST_QUESTIONS))
    for each in reviews:
        moment = _before(today, draw.randint(3, 200))
        review = ProductReview.objects.create(
            product=product, score=each["points"], body=each["text"], name=draw.choice(said["names"]),
            is_demo=True, date_created=moment,
        )  # fmt: skip
        if "reply" in each:
            later = moment + timedelta(days=1)
            ReviewReply.objects.create(
                review=review, producer=product.producer, text=each["reply"], written_at=later
            )
    for each in questions:
        moment = _before(today, draw.randint(3, 200))
        Question.objects.create(
            product=product, name=draw.choice(said["names"]), text=each["text"], answer=each["answer"],
            state=State.ANSWERED, asked_at=moment, answered_at=moment + timedelta(hours=20), is_demo=True,
        )  # fmt: skip
    level_rating(product.pk)
    return len(reviews) + len(questions)


def _before(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(9, 30), VIETNAM)
