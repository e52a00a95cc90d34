import pytest
from django.db import IntegrityError, transaction

from catalogue.models import CategoryFlag, Product
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_address_is_made_from_the_vietnamese_name() -> None:
    product = factories.product("Đường thốt nốt Bảy Núi")
    assert product.get_absolute_url() == f"/san-pham/duong-thot-not-bay-nui_{product.pk}/"


def test_a_name_without_letters_still_has_an_address() -> None:
    assert factories.product("★ 5").slug == "5"
    assert factories.product("★★★").slug == "san-pham"


def test_a_size_lives_at_its_parents_address() -> None:
    parent, children = factories.sized()
    assert children[0].get_absolute_url() == parent.get_absolute_url()


def test_only_public_parents_and_single_products_are_listed() -> None:
    single = factories.product()
    parent, _children = factories.sized()
    factories.product(is_public=False)
    assert set(Product.objects.listed()) == {single, parent}


def test_a_size_is_alcohol_when_its_parent_is() -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    _parent, children = factories.sized(sets=(spirits,))
    assert children[0].is_alcohol


@pytest.mark.parametrize(
    "wrong", [{"sale": "auction"}, {"producer": None}, {"province": None}, {"structure": "child"}]
)
def test_the_database_refuses_what_cannot_be_sold(wrong: dict[str, str | None]) -> None:
    product = factories.product()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**wrong)
