import json
import re
from typing import Any

import pytest
from django.test import Client

from catalogue.cards import cards
from catalogue.models import Product
from marketplace import clock
from search import ranking
from search.document import documents
from search.elastic.mapping import source
from search.models import Entry
from search.query import ProductQuery
from search.ranking import Candidate, opinion, rank
from search.searching import search
from tests import factories
from tests.reviews.delivering import reviewed

pytestmark = pytest.mark.django_db


def schema(client: Client, product: Product) -> dict[str, Any]:
    html = client.get(product.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    product_facts: dict[str, Any] = json.loads(found[1])["@graph"][0]
    return product_facts


def test_one_review_of_5_does_not_beat_many_good_ones() -> None:
    assert opinion(points=None, reviews=0) == 0
    assert 0 < opinion(points=5.0, reviews=1) < opinion(points=4.7, reviews=40)
    assert opinion(points=2.0, reviews=30) == -100
    assert -100 <= opinion(points=1.0, reviews=10_000) < opinion(points=5.0, reviews=10_000) <= 100


def test_opinions_weigh_less_than_a_star_or_being_in_stock() -> None:
    assert 2 * ranking.OPINION <= ranking.IN_STOCK
    assert ranking.OPINION < ranking.STAR
    liked = Candidate(id=1, name="Trà", opinion=100)
    disliked = Candidate(id=2, name="Trà", opinion=-100)
    scores = {one.candidate.id: one.score for one in rank(candidates=[liked, disliked], groups=())}
    assert scores[1] - scores[2] == pytest.approx(2 * ranking.OPINION)


def test_both_engines_are_given_the_same_opinion() -> None:
    tea = factories.product("Trà xanh")
    for points in (5, 5, 4):
        reviewed(tea, points)
    (document,) = documents([tea.pk])
    expected = opinion(points=14 / 3, reviews=3)
    assert expected > 0
    assert Entry.objects.get(pk=tea.pk).opinion == source(document)["opinion"] == expected


def test_of_equals_the_better_liked_stands_first_in_lists_and_searches() -> None:
    maker = factories.producer()
    disliked, unknown, liked = (factories.product("Trà xanh Phìn Hồ", by=maker) for _ in range(3))
    for _ in range(3):
        reviewed(liked, 5)
        reviewed(disliked, 1)
    for text in ("", "trà xanh"):
        assert list(search(ProductQuery(text=text, day=clock.today())).ids) == [
            liked.pk,
            unknown.pk,
            disliked.pk,
        ]


def test_cards_and_product_data_say_it_only_where_somebody_has_reviewed(client: Client) -> None:
    tea, honey = factories.product("Trà xanh"), factories.product("Mật ong")
    for points in (5, 4, 5):
        reviewed(tea, points)
    page = client.get("/san-pham/").content.decode()
    assert page.count("4,7 trên 5, 3 đánh giá") == 1
    assert [card.review_count for card in cards([tea.pk, honey.pk], day=clock.today())] == [3, 0]
    assert schema(client, tea)["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": 4.67, "reviewCount": 3, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert "aggregateRating" not in schema(client, honey)


def test_the_page_on_ranking_says_how_opinions_count(client: Client) -> None:
    page = " ".join(client.get("/cach-xep-hang/").content.decode().split())
    assert "Người mua đánh giá tốt: 0.05 điểm" in page.replace("0,05", "0.05")
    assert "thêm 10 đánh giá 4 điểm" in page
