"""What was looked for is marked in the names that are shown."""

import pytest
from django.test import Client

from search.highlight import marked
from search.query import ProductQuery
from search.searching import search
from tests import factories
from tests.search.test_database_engine import DAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("Chè Shan tuyết", "che", "<mark>Chè</mark> Shan tuyết"),
        ("Chè Shan tuyết", "shan tuyet", "Chè <mark>Shan tuyết</mark>"),
        ("Chè Shan tuyết", "che tuyet", "<mark>Chè</mark> Shan <mark>tuyết</mark>"),
        ("Mật ong “Bạc Hà” 500ml", "bac ha 500 ml", "Mật ong “<mark>Bạc Hà</mark>” <mark>500ml</mark>"),
        ("Kẹo dừa <b>Bến Tre</b>", "dừa", "Kẹo <mark>dừa</mark> &lt;b&gt;Bến Tre&lt;/b&gt;"),
        ("Chè".encode().decode(), "mật ong", "Chè"),
        ("Chè dây 35°", "che", "Chè dây 35°"),
    ],
)
def test_the_words_that_were_found_are_marked(title: str, text: str, shown: str) -> None:
    factories.product(title)
    found = search(ProductQuery(text=text, day=DAY))
    assert marked(title, found.groups) == shown


def test_a_search_marks_its_cards_and_a_list_does_not(client: Client) -> None:
    factories.product("Chè Shan tuyết")
    assert "<mark>Chè</mark> Shan tuyết</a>" in client.get("/tim-kiem/?q=che").content.decode()
    assert "<mark>" not in client.get("/san-pham/").content.decode()
