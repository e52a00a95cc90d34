from collections.abc import Iterator

import pytest
from django.core.cache import cache

from cms.models import HomePage, StoryPage
from cms.starter import load_pages, load_story
from tests import factories


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pages(db: None) -> None:
    load_pages()


@pytest.fixture
def home(pages: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="vi")


@pytest.fixture
def story(pages: None) -> StoryPage:
    maker = factories.producer("HTX chế biến chè Phìn Hồ")
    tea = factories.product("Trà xanh Phìn Hồ", by=maker)
    return load_story(
        slug="che-phin-ho",
        title="Leo lên cây mà hái chè",
        producer=maker,
        lead="Mỗi búp chè khô bắt đầu bằng một lần trèo.",
        text="Đường lên Thông Nguyên quanh co.\n\n{{ tra }}\n\n> Cây già hơn ông nội tôi | Chị Mến",
        products={"tra": tea},
        season="Xuân hái tháng 3–4.",
    )
