"""Names that people have, or pretend to have, in subjects and bodies."""

import pytest

from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message
from marketplace.communication.outbox import post
from tests.communication.posting import HOAI
from tests.communication.smtp_server import Arrived, MailServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("odd")]

LONG = "Công Tằng Tôn Nữ Thị Hoài Thương Ngọc Diễm " * 10
NAMES = [
    "Thương\r\nBcc: everybody@example.com",
    "Thương\n\n<script>alert(1)</script>",
    "Thương\x00\x0b\u2028Hoài",
    LONG,
]


def told(
    server: MailServer, name: str, thing: str = "Chè Shan tuyết", link: str = "/don-hang/abc/"
) -> Arrived:
    data = {"name": name, "thing": thing, "link": link}
    post(kind="odd", key="odd:1", data=data, to=HOAI, language="vi")
    deliver_due()
    (arrived,) = server.arrived
    return arrived


@pytest.mark.parametrize("name", NAMES)
def test_no_name_writes_headers(server: MailServer, name: str) -> None:
    arrived = told(server, name.replace("\x00", "\x01"))
    assert "Bcc" not in arrived.mail
    assert len(arrived.mail.get_all("Subject", [])) == 1
    assert "\n" not in arrived.mail["Subject"]
    assert len(arrived.mail["Subject"].strip()) <= 150


def test_no_line_is_longer_than_mail_may_have(server: MailServer) -> None:
    arrived = told(server, LONG, "đặc sản" * 300)
    assert max(len(line) for line in arrived.raw.splitlines()) <= 998


def test_html_escapes_what_people_wrote_and_plain_text_keeps_it(server: MailServer) -> None:
    mail = told(server, "Bà Ba <b>& con</b> \"'").mail
    text, html = (part.get_content() for part in mail.iter_parts())
    assert "Bà Ba <b>& con</b> \"'" in text
    assert "Bà Ba &lt;b&gt;&amp; con&lt;/b&gt;" in html
    assert "<b>&" not in html
    assert "&amp;" not in text


def test_a_mail_fetches_nothing(server: MailServer) -> None:
    html = told(server, "Hoài").mail.get_body(("html",))
    assert html is not None
    content = html.get_content()
    assert [mark for mark in ("<img", "<link", "<script", "url(", "@import") if mark in content] == []


def test_a_link_out_of_the_shop_is_a_mistake_of_ours(server: MailServer) -> None:
    post(kind="odd", key="odd:1", data={"name": "a", "thing": "b", "link": "https://other.example"}, to=HOAI)
    deliver_due()
    assert server.arrived == []
    assert "Not a path" in Message.objects.get().error
