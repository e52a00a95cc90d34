import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalogue.adult import COOKIE, VALUE
from catalogue.models import CategoryFlag, Product, ProductImage, Rating
from marketplace import clock
from marketplace.partner.models import StockRecord
from producers.models import FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def page(client: Client, product: Product, **asked: str) -> Any:
    with clock.at(DAY):
        return client.get(product.get_absolute_url(), asked)


def text_of(client: Client, product: Product) -> str:
    response = page(client, product)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def schema_of(client: Client, product: Product) -> dict[str, Any]:
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', text_of(client, product), re.DOTALL
    )
    assert block is not None
    found: dict[str, Any] = json.loads(block[1])["@graph"][0]
    return found


def tea(**fields: Any) -> Product:
    province = factories.province()
    former, _ = FormerProvince.objects.get_or_create(
        code="02", defaults={"name": "Hà Giang", "slug": "ha-giang", "province": province}
    )
    sets = (factories.category("Chè tươi, chè chế biến", number=11),)
    commune = factories.commune("Thông Nguyên", of="Tuyên Quang", kind="xã")
    places = {"former_province": former, "commune": commune}
    maker = factories.producer("HTX Phìn Hồ")
    return factories.product("Trà xanh Phìn Hồ", by=maker, sets=sets, **places | fields)


def wine() -> Product:
    return factories.product("Rượu ngô", sets=(factories.category("Rượu", flags=(CategoryFlag.ALCOHOL,)),))


def of_age(client: Client) -> Client:
    from django.core.signing import get_cookie_signer

    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE).sign(VALUE)
    return client


def test_it_says_where_the_product_comes_from_and_which_certificate_it_carries(client: Client) -> None:
    product = tea(ip_number="4-2020-12345", planting_area_code="VN-08-001")
    factories.rating(
        product, stars=4, number="DEMO-7", issued_on=date(2025, 3, 15), place_name="Xã Thông Nguyên, Hà Giang"
    )
    text = text_of(client, product)
    for words in (
        "HTX Phìn Hồ",
        "Xã Thông Nguyên, tỉnh Tuyên Quang",
        "Xã Thông Nguyên, Hà Giang",
        "DEMO-7",
        "UBND tỉnh Tuyên Quang",
        "15/03/2025 – hết 15/03/2028",
        "11. Chè tươi, chè chế biến",
        "4-2020-12345",
        "VN-08-001",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("rated", "origin", "label", "place"),
    [
        ("Quản Bạ, Hà Giang", "Nậm Đăm, Hà Giang", "Ghi trên chứng nhận", "Quản Bạ, Hà Giang"),
        ("", "Nậm Đăm, Hà Giang", "Nơi sản xuất, như giấy tờ ghi", "Nậm Đăm, Hà Giang"),
        ("", "", "Tên nơi trước đây", "Hà Giang"),
    ],
)
def test_an_older_name_of_the_place_is_told_by_who_says_it(
    client: Client, rated: str, origin: str, label: str, place: str
) -> None:
    product = tea(origin_text=origin)
    factories.rating(product, place_name=rated)
    assert f"<dt>{label}</dt><dd>{place}</dd>" in text_of(client, product)


def test_a_place_that_ends_the_producers_name_is_not_said_again(client: Client) -> None:
    names = ("HTX Phìn Hồ", "Nhà sản xuất mẫu tại Tuyên Quang")
    shown = [text_of(client, factories.product(by=factories.producer(name))) for name in names]
    assert ["tại Tuyên Quang</span>" in each for each in shown] == [True, False]


def test_how_long_a_rating_lasts_is_the_ratings_own(client: Client) -> None:
    product = tea()
    factories.rating(product, months=24, issued_on=date(2026, 1, 15))
    factories.rating(product, months=36, issued_on=date(2025, 1, 15))
    assert "Lần xếp sao mới nhất có giá trị 24 tháng." in text_of(client, product)


def test_the_star_is_gone_the_day_after_its_last(client: Client) -> None:
    product = tea()
    rating = factories.rating(product, stars=4, issued_on=date(2023, 6, 1))
    assert rating.ends_on == DAY
    assert "4 sao OCOP" in text_of(client, product)
    Rating.objects.filter(pk=rating.pk).update(ends_on=date(2026, 5, 31))
    text = text_of(client, product)
    assert "4 sao OCOP" not in text
    assert "Từng đạt 4 sao, có giá trị đến hết 31/05/2026." in text


def test_every_rating_is_told_newest_first_with_its_state(client: Client) -> None:
    product = tea()
    factories.rating(product, stars=3, issued_on=date(2022, 1, 1))
    factories.rating(product, stars=3, issued_on=date(2024, 1, 1))
    factories.rating(product, stars=4, issued_on=date(2025, 1, 1))
    factories.rating(product, stars=5, issued_on=date(2026, 7, 1))
    states = [(r["star"], r["state"]) for r in page(client, product).context["ratings"]]
    assert states == [
        (4, "Đang có giá trị"),
        (3, "Đã có lần xếp sao sau thay thế"),
        (3, "Đã hết hạn ngày 01/01/2025"),
    ]


def test_a_revoked_certificate_says_when_and_why(client: Client) -> None:
    product = tea()
    factories.rating(product, revoked_on=date(2026, 3, 1), revoked_reason="Sai nguồn gốc")
    text = text_of(client, product)
    assert "Sao đã bị thu hồi" in text
    assert "01/03/2026: <span>Sai nguồn gốc</span>" in text


def test_the_form_puts_the_product_into_the_basket(client: Client) -> None:
    product = tea()
    response = page(client, product)
    assert f'name="san_pham" value="{product.pk}"' in response.content.decode()
    answer = client.post(response.context["buy"], {"san_pham": product.pk, "so_luong": 2}, follow=True)
    assert "Trà xanh Phìn Hồ" in answer.content.decode()


def test_sizes_are_offered_cheapest_first_and_one_in_stock_is_chosen(client: Client) -> None:
    parent, (large, small, hidden) = factories.sized(
        ("1 kg", 400_000, 5), ("100 g", 90_000, 0), ("5 g", 9_000, 9)
    )
    Product.objects.filter(pk=hidden.pk).update(is_public=False)
    context = page(client, parent).context
    assert [(size.id, size.in_stock) for size in context["sizes"]] == [
        (small.pk, False),
        (large.pk, True),
    ]
    assert (context["chosen"], context["product"]["price"]) == (large.pk, 400_000)


def test_what_is_sold_out_cannot_be_put_into_the_basket(client: Client) -> None:
    text = text_of(client, factories.product(stock=0))
    assert "Tạm hết hàng" in text
    assert "Thêm vào giỏ" not in text


def test_a_registered_product_is_shown_and_not_sold(client: Client) -> None:
    text = text_of(client, tea(sale="registered"))
    assert "không bán tại đây" in text
    assert "so_luong" not in text


def test_a_service_is_asked_for_at_its_producer(client: Client) -> None:
    maker = factories.producer(phone="02033123456", email="htx@example.vn")
    text = text_of(client, factories.product(by=maker, sale="enquiry"))
    assert 'href="tel:02033123456"' in text
    assert "so_luong" not in text


def test_a_households_service_is_asked_for_on_its_website(client: Client) -> None:
    household = factories.producer(
        form="ho-san-xuat", email="ban@vidu.example", website="https://vidu.example/"
    )
    text = text_of(client, factories.product(by=household, sale="enquiry"))
    assert 'href="https://vidu.example/"' in text
    assert "Bạn liên hệ với nhà sản xuất" in text
    assert "ban@vidu.example" not in text


def test_a_service_without_a_public_contact_leads_to_its_producers_page(client: Client) -> None:
    household = factories.producer(form="ho-san-xuat", phone="02033123456")
    text = text_of(client, factories.product(by=household, sale="enquiry"))
    assert "tel:" not in text
    assert f'<a class="btn btn--main" href="{household.get_absolute_url()}">' in text


def test_a_drink_that_is_not_ordered_promises_no_delivery(client: Client) -> None:
    text = text_of(of_age(client), wine())
    assert "cửa hàng chưa nhận đặt" in text
    assert "Cách tính phí giao" not in text


@pytest.mark.parametrize("number", [1, 8])
def test_it_takes_ten_queries_however_much_stands_beside(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    parent, _children = factories.sized(by=factories.producer())
    for _ in range(number):
        factories.rating(parent)
        for maker in (parent.producer, factories.producer()):
            factories.rating(factories.product(by=maker))
        ProductImage.objects.create(
            product=parent, original="anh/a.webp", shown="anh/a.webp", display_order=number
        )
    page(client, parent)
    with django_assert_max_num_queries(10):
        page(client, parent)


def test_it_shows_others_of_the_producer_and_of_the_place(client: Client) -> None:
    product = tea()
    sister = factories.product("Chè đen", by=product.producer)
    factories.rating(factories.product("Măng khô"), stars=5)
    neighbour = factories.product("Mật ong", former_province=product.former_province)
    factories.product("Chè chỉ trưng bày", sale="registered")
    factories.product("Tôm khô", by=factories.producer(of="Cà Mau"))
    context = page(client, product).context
    assert [card.pk for card in context["same_producer"]] == [sister.pk]
    assert [card.title for card in context["same_place"]] == [neighbour.title, "Măng khô"]
    assert (context["place_name"], context["producer"]["product_count"]) == ("Tuyên Quang", 2)


def test_alcohol_asks_for_the_age_first_and_shows_nothing(client: Client) -> None:
    product = wine()
    factories.product("Chè", by=product.producer)
    text = text_of(client, product)
    assert '<meta name="robots" content="noindex">' in text
    assert f'action="{reverse("search:adult")}"' in text
    assert "Rượu ngô" not in text
    assert "Rượu ngô" in text_of(of_age(client), product)


def test_alcohol_can_be_seen_and_not_ordered_where_only_cash_is_taken(client: Client) -> None:
    text = text_of(of_age(client), wine())
    assert "cửa hàng chưa nhận đặt" in text
    assert "so_luong" not in text


@pytest.mark.parametrize("stock", [0, 5])
def test_alcohol_is_ordered_by_adults_where_it_can_be_prepaid(
    client: Client, settings: Any, stock: int
) -> None:
    settings.BANK_ACCOUNT = "0123456789"
    product = wine()
    StockRecord.objects.update(num_in_stock=stock)
    text = text_of(of_age(client), product)
    assert "trả trước bằng thẻ hoặc chuyển khoản" in text and "cửa hàng chưa nhận đặt" not in text
    assert ("so_luong" in text) == bool(stock)
    assert reverse("customer:alert_ask") not in text


def test_alcohol_does_not_stand_beside_other_products(client: Client) -> None:
    drink = wine()
    product = factories.product(by=drink.producer)
    assert page(client, product).context["same_producer"] == []
    assert [card.pk for card in page(of_age(client), product).context["same_producer"]] == [drink.pk]


def test_a_wrong_slug_leads_to_the_right_address_with_its_query(client: Client) -> None:
    product = tea()
    response = client.get(f"/san-pham/ten_cu-1_{product.pk}/", {"nguon": "zalo"})
    assert (response.status_code, response["Location"]) == (301, f"{product.get_absolute_url()}?nguon=zalo")


def test_a_size_leads_to_its_product(client: Client) -> None:
    parent, (child, *_) = factories.sized()
    response = client.get(f"/san-pham/{parent.slug}_{child.pk}/")
    assert (response.status_code, response["Location"]) == (301, parent.get_absolute_url())


@pytest.mark.parametrize("key", ["0", "999999", "9223372036854775808", "9" * 40])
def test_unknown_products_are_not_found(client: Client, key: str) -> None:
    assert client.get(f"/san-pham/che_{key}/").status_code == 404


def test_hidden_products_are_not_found(client: Client) -> None:
    assert page(client, factories.product(is_public=False)).status_code == 404


def test_it_takes_no_posts(client: Client) -> None:
    assert client.post(tea().get_absolute_url()).status_code == 405


def test_machines_read_the_same_facts(client: Client) -> None:
    product = tea(name_en="Green tea", description="Chè <b>shan</b></script>")
    factories.rating(product, stars=4, number="DEMO-7", issued_on=date(2025, 3, 15))
    data = schema_of(client, product)
    assert (data["name"], data["alternateName"]) == ("Trà xanh Phìn Hồ", "Green tea")
    assert (data["offers"]["price"], data["offers"]["priceCurrency"]) == (185_000, "VND")
    assert data["offers"]["availability"] == "https://schema.org/InStock"
    certificate = data["hasCertification"]
    assert (certificate["certificationIdentification"], certificate["expires"]) == ("DEMO-7", "2028-03-15")
    assert certificate["certificationRating"]["ratingValue"] == 4


def test_machines_are_not_told_of_ended_stars_nor_of_what_is_not_sold(client: Client) -> None:
    product = tea(sale="registered")
    factories.rating(product, issued_on=date(2020, 1, 1))
    assert schema_of(client, product).keys().isdisjoint({"hasCertification", "offers"})


def test_machines_read_the_span_of_prices(client: Client) -> None:
    parent, _ = factories.sized(("1 kg", 400_000, 5), ("100 g", 90_000, 0))
    offer = schema_of(client, parent)["offers"]
    assert (offer["lowPrice"], offer["highPrice"], offer["offerCount"]) == (90_000, 400_000, 2)


def test_a_shared_link_shows_title_text_and_picture(client: Client) -> None:
    product = tea(description="Hái trên núi cao.")
    ProductImage.objects.create(product=product, original="anh/a.webp", shown="anh/a.webp")
    text = text_of(client, product)
    assert '<meta property="og:title" content="Trà xanh Phìn Hồ">' in text
    assert '<meta property="og:description" content="Hái trên núi cao.">' in text
    assert 'content="http://testserver/media/sizes/anh/a.webp.share.jpg"' in text


def test_a_picture_whose_sizes_are_not_made_is_not_shown(client: Client) -> None:
    product = tea()
    ProductImage.objects.create(product=product, original="anh/a.webp")
    assert page(client, product).context["pictures"] == []


def test_vietnamese_words_are_marked_on_the_english_page(client: Client) -> None:
    product = tea()
    text = client.get(f"/en{product.get_absolute_url()}").content.decode()
    assert '<html lang="en">' in text
    assert '<h1 class="mid" lang="vi">Trà xanh Phìn Hồ</h1>' in text


def test_producers_words_cannot_bring_html(client: Client) -> None:
    text = text_of(
        client, factories.product("<script>alert(1)</script>", description="<img src=x onerror=a()>Ngon")
    )
    assert "<script>alert" not in text
    assert "onerror" not in text
