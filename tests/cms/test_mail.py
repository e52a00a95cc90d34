"""Staff's screens of mail."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.communication import kinds
from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message, MessageState
from marketplace.communication.outbox import post
from tests import factories
from tests.communication.posting import HOAI, post_trial
from tests.order import placing
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
LIST = reverse("desk_messages")


def staff(*rights: str) -> Any:
    """A client of somebody who may enter the admin, and has these rights."""
    person = User.objects.create_user(email="nhan-vien@example.com", password="mat-khau-dai")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    return sign_in_staff(Client(), person)


@pytest.fixture
def reader() -> Any:
    return staff("view_message")


@pytest.fixture
def sender() -> Any:
    return staff("view_message", "send_messages_again")


def stuck(state: str = MessageState.FAILED, to: str = HOAI, **fields: Any) -> Message:
    message = post_trial(to)
    details = {"error": "550 5.1.1 No such user"} | fields
    Message.objects.filter(pk=message.pk).update(state=state, ended_at=clock.now(), **details)
    return message


def listed(client: Any, **chosen: Any) -> list[str]:
    return [row.to for row in client.get(reverse("desk_messages_results"), chosen).context["object_list"]]


def test_the_list_masks_addresses_and_says_what_went_wrong(reader: Any) -> None:
    stuck(error=f"550 5.1.1 <{HOAI}>: No such user")
    page = reader.get(LIST).content.decode()
    assert page.count("ho•••@example.com") == 2
    assert HOAI not in page
    assert "550 5.1.1" in page


def test_the_list_is_narrowed_by_state_and_kind(reader: Any) -> None:
    stuck(to="failed@example.com")
    stuck(MessageState.UNCERTAIN, to="uncertain@example.com")
    assert listed(reader, state="failed") == ["failed@example.com"]
    assert len(listed(reader, state=["failed", "uncertain"])) == 2
    assert len(listed(reader, kind="trial")) == 2
    assert listed(reader, kind="order_placed") == []


def test_messages_are_found_by_whole_address_and_by_number_of_order(reader: Any) -> None:
    stuck()
    order = placing.place((factories.product(), 1))
    post(kind="order_placed", key="again:1", data={"order": order.pk}, to="buyer@example.com")
    assert listed(reader, q=HOAI.upper()) == [HOAI]
    assert listed(reader, q="hoai@") == []
    assert set(listed(reader, q=order.number)) >= {"buyer@example.com"}
    assert HOAI not in listed(reader, q=order.number)


def test_the_list_takes_few_queries(reader: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        stuck(to=f"{number}@example.com")
    reader.get(LIST)
    with django_assert_max_num_queries(14):
        reader.get(reverse("desk_messages_results"))


def test_a_spreadsheet_has_masked_addresses_and_no_formulas(reader: Any) -> None:
    stuck(error="=1+1")
    answer = reader.get(LIST, {"export": "xlsx"})
    cells = [str(cell.value) for row in load_workbook(BytesIO(answer.getvalue())).active.rows for cell in row]
    assert "ho•••@example.com" in cells
    assert [cell for cell in cells if HOAI in cell or cell.startswith("=")] == []


def test_one_message_shows_its_address_and_opening_it_is_recorded(reader: Any) -> None:
    message = stuck()
    assert HOAI in reader.get(reverse("desk_message", args=[message.pk])).content.decode()
    assert Entry.objects.get(action="message_opened").object_id == str(message.pk)


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_what_did_not_arrive_is_sent_again(sender: Any, state: str, mailoutbox: list[Any]) -> None:
    message = stuck(state)
    address = reverse("desk_message", args=[message.pk])
    assert "gui-lai/" in sender.get(address).content.decode()
    assert sender.post(f"{address}gui-lai/", follow=True).status_code == 200
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [[HOAI]]
    assert "Đã gửi lại" in sender.get(address).content.decode()


def test_what_was_sent_is_not_sent_again(sender: Any, mailoutbox: list[Any]) -> None:
    message = post_trial()
    deliver_due()
    sender.post(reverse("desk_message_again", args=[message.pk]))
    deliver_due()
    assert len(mailoutbox) == 1


def test_sending_again_needs_its_right_and_a_post(reader: Any) -> None:
    message = stuck()
    address = reverse("desk_message_again", args=[message.pk])
    reader.post(address)
    assert "gui-lai/" not in reader.get(reverse("desk_message", args=[message.pk])).content.decode()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_those_who_look_after_orders_see_mail_and_send_it_again(
    coordinator: Any, mailoutbox: list[Any]
) -> None:
    message = stuck()
    assert "ho•••@example.com" in coordinator.get(LIST).content.decode()
    coordinator.post(reverse("desk_message_again", args=[message.pk]))
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [[HOAI]]


@pytest.mark.parametrize("name", ["desk_messages", "desk_mail_kinds"])
def test_who_has_no_right_sees_nothing(editor: Any, name: str) -> None:
    assert editor.get(reverse(name)).status_code == 302
    assert reverse(name) not in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.name)
def test_every_mail_can_be_looked_at(kind: kinds.Kind, language: str) -> None:
    page = staff("view_message").get(reverse("desk_mail_kind", args=[kind.name, language])).content.decode()
    frames = [part for part in page.split("<iframe")[1:] if 'sandbox=""' in part.split(">")[0]]
    assert len(frames) == page.count("<iframe") == 2
    assert "&lt;!DOCTYPE html&gt;" in page


@pytest.mark.parametrize("where", [("nothing", "vi"), ("trial", "fr")])
def test_a_mail_that_does_not_exist_is_not_found(reader: Any, where: tuple[str, str]) -> None:
    assert reader.get(reverse("desk_mail_kind", args=where)).status_code == 404


def test_staff_send_a_trial_mail_to_themselves(sender: Any, mailoutbox: list[Any]) -> None:
    sender.post(reverse("desk_mail_trial"))
    deliver_due()
    assert [mail.to for mail in mailoutbox] == [["nhan-vien@example.com"]]
