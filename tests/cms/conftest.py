from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from cms.models import HomePage, StoryPage
from cms.starter import load_pages, load_story
from marketplace.accounts.models import User
from tests import factories
from tests.conftest import until_the_modules_end
from tests.signing_in import sign_in_staff


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(client: Any) -> Any:
    """A client of somebody who may enter the admin."""
    person = User.objects.create_user(email="bien-tap@cho-ocop.example", password="mat-khau-dai")
    person.groups.add(Group.objects.get(name="Editors"))
    return sign_in_staff(client, person)


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for the module; each test's changes are rolled back to here."""
    with until_the_modules_end(django_db_blocker):
        load_pages()
        yield


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


@pytest.fixture
def coordinator(client: Any) -> Any:
    """A client of somebody of the group that looks after orders."""
    person = User.objects.create_user(email="dieu-phoi@cho-ocop.example", password="mat-khau-dai")
    person.groups.add(Group.objects.get(name="Điều phối đơn hàng"))
    return sign_in_staff(client, person)
