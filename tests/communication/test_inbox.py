"""One's own notifications on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marketplace import clock
from marketplace.communication.models import Notification
from tests.communication.posting import person

pytestmark = pytest.mark.django_db
INBOX, READ_ALL = reverse("communication:inbox"), reverse("communication:read_all")


@pytest.fixture
def buyer(client: Client) -> Any:
    """Somebody who is signed in."""
    somebody = person("Thương")
    client.force_login(somebody)
    return somebody


def notified(whom: Any, subject: str = "Đơn OC261127-7K3QX đang được giao", **fields: Any) -> Notification:
    made: Notification = Notification.objects.create(
        recipient=whom, subject=subject, **{"link": "/don-hang/abc/"} | fields
    )
    return made


def shown(client: Client, address: str = INBOX) -> str:
    return client.get(address).content.decode()


def test_an_empty_inbox_says_what_will_come(client: Client, buyer: Any) -> None:
    assert "Bạn chưa có thông báo nào" in shown(client)


def test_the_newest_stands_first(client: Client, buyer: Any) -> None:
    notified(buyer, "cũ", date_sent=clock.now() - timedelta(days=1))
    notified(buyer, "mới")
    assert [row.subject for row in client.get(INBOX).context["page"]] == ["mới", "cũ"]


def test_opening_marks_as_read_and_leads_on(client: Client, buyer: Any) -> None:
    notification = notified(buyer)
    answer = client.post(reverse("communication:open", args=[notification.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/don-hang/abc/")
    notification.refresh_from_db()
    assert notification.is_read


def test_looking_marks_nothing_as_read(client: Client, buyer: Any) -> None:
    notification = notified(buyer)
    assert client.get(reverse("communication:open", args=[notification.pk])).status_code == 405
    assert "Chưa đọc" in shown(client)


def test_all_can_be_marked_as_read(client: Client, buyer: Any) -> None:
    first = clock.now() - timedelta(hours=1)
    earlier = notified(buyer, date_read=first)
    notified(buyer)
    assert client.post(READ_ALL)["Location"] == INBOX
    assert "Bạn đã đọc hết." in shown(client)
    earlier.refresh_from_db()
    assert earlier.date_read == first


def test_what_others_are_told_is_not_there(client: Client, buyer: Any) -> None:
    stranger = notified(person("Lạ"), "của người khác")
    assert "của người khác" not in shown(client)
    assert client.post(reverse("communication:open", args=[stranger.pk])).status_code == 404
    client.post(READ_ALL)
    stranger.refresh_from_db()
    assert not stranger.is_read


@pytest.mark.parametrize("address", [INBOX, READ_ALL])
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address) if address == INBOX else client.post(address)
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_many_are_paged_in_few_queries(
    client: Client, buyer: Any, django_assert_max_num_queries: Any
) -> None:
    Notification.objects.bulk_create(Notification(recipient=buyer, subject=f"Tin {n}") for n in range(45))
    with django_assert_max_num_queries(6):
        page = client.get(INBOX, {"trang": "3"})
    assert len(page.context["page"]) == 5
    assert client.get(INBOX, {"trang": "x"}).status_code == 200


def test_a_subject_in_another_language_says_so_and_is_escaped(client: Client, buyer: Any) -> None:
    notified(buyer, "Parcel <b>1</b>", language="en")
    page = shown(client)
    assert 'lang="en">Parcel &lt;b&gt;1&lt;/b&gt;</h2>' in page


def test_the_inbox_speaks_english(client: Client, buyer: Any) -> None:
    notified(buyer)
    with translation.override("en"):
        address = reverse("communication:inbox")
    assert 'lang="vi">Đơn OC261127' in shown(client, address)


def test_a_public_page_asks_nothing_of_notifications(
    client: Client, buyer: Any, django_assert_num_queries: Any
) -> None:
    notified(buyer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("marketplace.communication.templatetags.notifications.unread", lambda _user: 1 / 0)
        assert client.get(reverse("producers:list")).status_code == 200
