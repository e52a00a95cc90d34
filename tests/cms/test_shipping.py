from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.shipping.models import ProducerTerms, Tariff, Zone
from marketplace.shipping.reference import load_tariffs
from tests import factories
from tests.cms.reading import page
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
PARCEL = {
    "thu-to": "",
    "thu-weight": "1000",
    "thu-length": "30",
    "thu-width": "30",
    "thu-height": "20",
    "thu-goods": "200000",
}
TARIFF = {
    "zone": "province",
    "base_weight_g": "2000",
    "base_price": "18000",
    "step_weight_g": "500",
    "step_price": "2500",
    "volume_divisor": "6000",
    "days_from": "1",
    "days_to": "3",
    "free_from": "300000",
}


@pytest.fixture
def staff(client: Any) -> Any:
    """Somebody whose group may edit charges and producers' terms, and nothing else."""
    load_tariffs()
    person = User.objects.create_user(email="giao-hang@cho-ocop.example", password="mat-khau-dai")
    person.groups.add(Group.objects.get(name="Editors"))
    for model in ("tariff", "producerterms"):
        names = [f"{verb}_{model}" for verb in ("add", "change", "delete", "view")]
        person.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return sign_in_staff(client, person)


def tariff() -> Tariff:
    return Tariff.objects.get(zone=Zone.PROVINCE)


def sends(client: Any, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def parcel(of: str = "Hà Nội", **fields: str) -> dict[str, str]:
    place = str(factories.province(of).pk)
    return PARCEL | {"thu-origin": place, "thu-to": place} | fields


def test_a_charge_is_edited_and_who_did_it_is_recorded(staff: Any) -> None:
    answer = sends(staff, "tariffs:edit", TARIFF | {"base_price": "20000"}, tariff().pk)
    assert answer.status_code == 302
    entry = Entry.objects.get(action="tariff_changed")
    assert (entry.before, entry.after) == ({"base_price": "18000"}, {"base_price": "20000"})
    assert entry.actor.email == "giao-hang@cho-ocop.example"


def test_a_preview_saves_nothing_and_shows_both_charges(staff: Any) -> None:
    data = TARIFF | {"base_price": "99000", "action-preview": "1"} | parcel()
    html = sends(staff, "tariffs:edit", data, tariff().pk).content.decode()
    assert "23.000\xa0₫" in html  # 18,000 and two steps: 30 × 30 × 20 cm count as 3 kg
    assert "104.000\xa0₫" in html
    assert "3000 g" in html
    assert 'value="99000"' in html
    assert tariff().base_price == 18_000
    assert not Entry.objects.filter(action="tariff_changed").exists()


def test_a_parcel_that_is_not_whole_is_said(staff: Any) -> None:
    data = TARIFF | {"action-preview": "1"} | parcel(**{"thu-weight": "", "thu-commune": "Atlantis"})
    html = sends(staff, "tariffs:edit", data, tariff().pk).content.decode()
    assert "Không có xã, phường, đặc khu nào tên “Atlantis”" in html
    assert "Kiện này tốn bao nhiêu" not in html
    nowhere = TARIFF | {"action-preview": "1"} | parcel(**{"thu-origin": ""})
    html = sends(staff, "tariffs:edit", nowhere, tariff().pk).content.decode()
    assert "Bạn chọn nhà sản xuất, hoặc tỉnh gửi." in html


def test_saving_asks_for_no_parcel(staff: Any) -> None:
    assert sends(staff, "tariffs:edit", TARIFF | {"thu-weight": "x"}, tariff().pk).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("days_to", "0", "không thể trước ngày sớm nhất"),
        ("volume_divisor", "0", "Giá trị nhỏ nhất là 1"),
        ("base_weight_g", "0", "Giá trị nhỏ nhất là 1"),
        ("base_price", "-1", "Giá trị nhỏ nhất là 0"),
        ("free_from", "-1", "Giá trị nhỏ nhất là 0"),
        ("base_price", "1.5", "chữ số thập phân"),
    ],
)
def test_nonsense_is_refused_at_its_field(staff: Any, field: str, value: str, said: str) -> None:
    answer = sends(staff, "tariffs:edit", TARIFF | {field: value}, tariff().pk)
    assert said in " ".join(answer.context["form"].errors[field])
    assert "tariff_" not in answer.content.decode()  # the name of a constraint
    assert (tariff().days_to, tariff().free_from, tariff().base_price) == (3, 300_000, 18_000)


def test_terms_below_nothing_are_refused_at_their_field(staff: Any) -> None:
    terms = {"producer": str(factories.producer().pk), "pickup_ready_days": "1", "pickup_keep_days": "7"}
    answer = sends(staff, "producer_terms:add", terms | {"minimum_order": "-1", "free_from": "-1"})
    assert sorted(answer.context["form"].errors) == ["free_from", "minimum_order"]
    assert "producer_terms_not_negative" not in answer.content.decode()


def test_a_producers_terms_are_added_and_previewed(staff: Any) -> None:
    maker = factories.producer(of="Hà Nội")
    terms = {
        "producer": str(maker.pk),
        "free_from": "150000",
        "pickup_ready_days": "1",
        "pickup_keep_days": "7",
    }
    here = parcel(**{"thu-producer": str(maker.pk), "thu-origin": ""})
    html = sends(staff, "producer_terms:add", terms | here | {"action-preview": "1"}).content.decode()
    assert "23.000\xa0₫" in html and "Miễn phí</td>" in html
    assert not ProducerTerms.objects.exists()
    assert sends(staff, "producer_terms:add", terms).status_code == 302
    assert Entry.objects.get(action="producerterms_changed").after["free_from"] == "150000"


def test_pick_up_without_a_place_is_refused_with_a_word(staff: Any) -> None:
    terms = {"producer": str(factories.producer().pk), "offers_pickup": "on", "pickup_ready_days": "1", "pickup_keep_days": "7"}  # fmt: skip
    html = sends(staff, "producer_terms:add", terms).content.decode()
    assert "Cho nhận tại nơi bán thì cần ghi địa chỉ nhận hàng." in html


def test_terms_do_not_change_hands(staff: Any) -> None:
    mine = factories.shipping_terms(factories.producer(), minimum_order=100_000)
    other = factories.producer()
    data = {
        "producer": str(other.pk),
        "minimum_order": "50000",
        "pickup_ready_days": "1",
        "pickup_keep_days": "7",
    }
    assert sends(staff, "producer_terms:edit", data, mine.pk).status_code == 302
    assert {(row.pk, row.minimum_order) for row in ProducerTerms.objects.all()} == {(mine.pk, 50_000)}


def test_what_is_deleted_is_recorded(staff: Any) -> None:
    mine = factories.shipping_terms(factories.producer(), minimum_order=100_000)
    assert sends(staff, "producer_terms:delete", {}, mine.pk).status_code == 302
    entry = Entry.objects.get(action="producerterms_changed")
    assert (entry.before["minimum_order"], entry.after) == ("100000", None)


@pytest.mark.parametrize("name", ["tariffs:index", "producer_terms:index", "tariffs:add"])
def test_an_editor_without_the_right_sees_none_of_it(editor: Any, name: str) -> None:
    assert editor.get(reverse(name)).status_code == 302
    assert "giao-hang/bang-phi" not in page(editor, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("name", ["tariffs:index", "producer_terms:index"])
def test_the_lists_show_amounts(staff: Any, name: str) -> None:
    factories.shipping_terms(factories.producer(), free_from=300_000)
    assert "300.000\xa0₫" in staff.get(reverse(name)).content.decode()
