"""Staff's screens of what bank, carriers and Stripe say."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.payment.models import Payment
from marketplace.reconciliation.comparing.asking import KIND
from marketplace.reconciliation.comparing.day import compare
from marketplace.reconciliation.models import (
    ComparedDay,
    Decision,
    Difference,
    FileLayout,
    Import,
    ImportState,
    Kind,
    Line,
    LineState,
    Source,
)
from marketplace.work.models import Job
from marketplace.work.queue import run_due
from tests import factories
from tests.cms.reading import Inline, page
from tests.payment.waiting import opened, pays, state, waiting
from tests.reconciliation.files import bank, came, csv, saved, statement
from tests.reconciliation.lines import confirmed, line_of, proposed, states
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


def staff(*rights: str) -> Any:
    """A client of somebody with these rights; all of the group's without any."""
    person = User.objects.create_user(
        email=f"{len(rights)}-{User.objects.count()}@cho-ocop.example", password="mat-khau-dai"
    )
    if rights:
        person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *rights]))
    else:
        person.groups.add(Group.objects.get(name="Đối soát"))
    return sign_in_staff(Client(), person)


@pytest.fixture
def keeper() -> Any:
    return staff()


@pytest.fixture
def payment() -> Payment:
    return opened(waiting((factories.product(price=100_000, stock=5), 2)))


def brought(client: Any, content: bytes, name: str = "sao-ke.csv", layout: FileLayout | None = None) -> Any:
    file = SimpleUploadedFile(name, content)
    given = {"layout": (layout or saved(bank())).pk, "file": file}
    return client.post(reverse("desk_import_new"), given, follow=True)


def act(client: Any, line: Line, name: str, **answers: Any) -> str:
    answered = client.post(reverse("desk_line_act", args=[line.pk, name]), answers, follow=True)
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def seen(client: Any, line: Line) -> str:
    return " ".join(page(client, reverse("desk_line", args=[line.pk])).split())


def test_a_statement_is_brought_and_pays_its_order(keeper: Any, payment: Payment) -> None:
    content = csv(came(f"ck {payment.reference}", int(payment.amount)), came("la", 5)).encode()
    answered = brought(keeper, content)
    assert answered.redirect_chain[-1][0] == reverse("desk_import", args=[Import.objects.get().pk])
    run_due()
    assert state(payment.order) == "paid"
    html = page(keeper, reverse("desk_import", args=[Import.objects.get().pk]))
    assert "đã khớp" in html and "chưa rõ" in html
    assert "2 đã có từ trước" not in html
    assert "2 dòng đã có từ trước" in brought(keeper, content).content.decode()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "Không thấy tiêu đề"), (csv(came("x", 5)).encode("utf-16"), "bảng mã"), (b"\x00\x01", "NUL")],
)
def test_a_refused_file_says_why_and_is_listed(keeper: Any, content: bytes, why: str) -> None:
    html = brought(keeper, content, name="<b>sao kê</b>.csv").content.decode()
    assert why in html and "Vì sao bị từ chối" in html and "<b>sao kê" not in html
    made = Import.objects.get()
    assert (made.state, made.by is not None) == (ImportState.REFUSED, True)
    listed = keeper.get(reverse("desk_imports"), {"state": "refused"}).context["object_list"]
    assert list(listed) == [made]


def test_far_too_much_is_refused_and_recorded(keeper: Any, settings: Any) -> None:
    settings.STATEMENT_LARGEST = 1024
    assert "lớn quá" in brought(keeper, b"x" * 5_000_000).content.decode()
    assert Import.objects.get().state == ImportState.REFUSED


def test_no_file_and_no_layout_are_said_at_the_form(keeper: Any) -> None:
    for given in ({}, {"layout": 0}, {"layout": saved(bank()).pk}):
        answered = keeper.post(reverse("desk_import_new"), given)
        assert answered.status_code == 200 and answered.context["form"].errors
    assert not Import.objects.exists()


def test_one_proposes_and_another_confirms(payment: Payment) -> None:
    one, other = staff(), staff()
    line = line_of("quen ma", int(payment.amount))
    assert str(payment.reference) in seen(one, line)
    html = act(one, line, "nhan", payment=payment.order.number.lower(), note="Gọi hỏi rồi")
    assert "Bạn là người đề nghị" in html and "/xac-nhan/" not in html and "/rut-lai/" in html
    assert "Đề nghị" in act(one, line, "xac-nhan") and state(payment.order) == "awaiting_payment"
    assert "/xac-nhan/" in seen(other, line) and "/rut-lai/" not in seen(other, line)
    html = act(other, line, "xac-nhan", note="Đúng")
    assert "Đơn đã được thanh toán" in html and "Gọi hỏi rồi" in html
    assert state(payment.order) == "paid"


def test_a_proposal_is_withdrawn_by_whoever_made_it() -> None:
    one, other = staff(), staff()
    line = line_of()
    assert "chưa có đề nghị nào" in act(one, line, "rut-lai")
    act(one, line, "khac", note="Tiền lãi")
    assert "của người khác" in act(other, line, "rut-lai") and states(line) == ["proposed"]
    html = " ".join(act(one, line, "rut-lai").split())
    assert "Đã rút lại ·" in html and "/khac/" in html and states(line) == ["open"]
    assert "rút lại rồi" in act(other, line, "xac-nhan")


def test_two_lines_are_taken_together(payment: Payment) -> None:
    one, other = staff(), staff()
    half = int(payment.amount) // 2
    first, second = (
        line_of(f"{payment.reference}", half, reference="A"),
        line_of("not", half + 1, reference="B"),
    )
    assert "Cần" in act(one, first, "nhan", payment=payment.reference, note="Thiếu")
    act(one, first, "nhan", payment=payment.reference, note="Hai lần", others=[second.pk])
    act(other, second, "xac-nhan")
    assert (states(first, second), state(payment.order)) == (["matched", "matched"], "paid")


def test_what_is_wrong_in_a_form_is_said(keeper: Any) -> None:
    line = line_of()
    assert "Không có lần chuyển khoản nào" in act(keeper, line, "nhan", payment="OC-KHONG-CO", note="x")
    assert "Chưa ghi được" in act(keeper, line, "khac", note="")
    act(keeper, line, "nhan", payment="x", note="x", others=["999999"])
    assert keeper.post(reverse("desk_line_act", args=[line.pk, "la"])).status_code == 404
    assert keeper.get(reverse("desk_line_act", args=[line.pk, "khac"])).status_code == 405
    assert states(line) == ["open"]


def test_money_is_sent_back(keeper: Any) -> None:
    line = line_of("la", 70_000)
    confirmed(proposed(line, kind=Kind.BACK))
    assert "FT-1" in act(keeper, line, "da-chuyen-lai", reference="FT-1")
    assert states(line) == ["sent_back"]


@pytest.mark.parametrize(
    ("right", "may"),
    [
        ("import_statements", set()),
        ("propose_decisions", {"nhan", "chuyen-lai", "khac"}),
        ("confirm_decisions", {"xac-nhan", "bac"}),
        ("explain_differences", set()),
    ],
)
def test_each_right_opens_its_own(right: str, may: set[str]) -> None:
    client = staff(right)
    line, waits = line_of("mo", 1), line_of("cho", 2)
    proposed(waits)
    shown = seen(client, line) + seen(client, waits)
    assert {name for name in ("nhan", "chuyen-lai", "khac", "xac-nhan", "bac") if f"/{name}/" in shown} == may
    for name in (
        {"nhan", "chuyen-lai", "khac", "rut-lai", "xac-nhan", "bac", "da-chuyen-lai"}
        - may
        - {"da-chuyen-lai"}
    ):
        answered = client.post(reverse("desk_line_act", args=[line.pk, name]), {"note": "x"})
        assert answered.status_code in (302, 403) and states(line, waits) == ["open", "proposed"]
    new = client.get(reverse("desk_import_new")).status_code
    assert (new == 200) == (right == "import_statements")


def a_day_that_differs() -> Difference:
    """Yesterday: a transfer that the bank does not know."""
    with clock.at(clock.now() - timedelta(days=1)):
        pays(opened(waiting((factories.product(price=100_000, stock=5), 2))))
        day = clock.today()
        told = came("=HYPERLINK(1)", 77, day=day)
        statement(told)
    statement(told)  # once more when the day is over, so that nothing of it is missing
    run_due()
    compare(source=Source.BANK, day=day, moment=clock.now())
    return Difference.objects.get(why="only_ours")


def test_days_are_shown_with_their_sums_and_differences(keeper: Any) -> None:
    row = a_day_that_differs()
    html = page(keeper, reverse("desk_days"))
    assert "2 chênh lệch" in html and "chưa so" not in html.split("Stripe")[0]
    html = page(keeper, reverse("desk_day", args=[row.day.isoformat()]))
    assert row.what in html and "sổ của Chợ có, bên kia không có" in html
    listed = keeper.get(reverse("desk_differences"), {"state": "open", "q": row.payment.order.number})  # type: ignore[union-attr]
    assert list(listed.context["object_list"]) == [row]


def test_what_was_not_compared_is_not_said_to_agree(keeper: Any) -> None:
    day = clock.today() - timedelta(days=1)
    address, none = reverse("desk_day", args=[day.isoformat()]), "Không có chênh lệch nào"
    rows = ComparedDay.objects.bulk_create(ComparedDay(source=source, day=day) for source in Source)
    assert none not in page(keeper, address)
    ComparedDay.objects.exclude(pk=rows[0].pk).update(compared_at=clock.now())
    assert none not in page(keeper, address)
    ComparedDay.objects.update(compared_at=clock.now())
    assert none in page(keeper, address)


def test_older_days_are_a_page_further(keeper: Any) -> None:
    first = clock.today() - timedelta(days=40)
    ComparedDay.objects.bulk_create(
        ComparedDay(source=source, day=first + timedelta(days=number))
        for source in Source
        for number in range(40)
    )
    shown = keeper.get(reverse("desk_days")).context
    assert (len(shown["rows"]), shown["older"]) == (31, first + timedelta(days=9))
    older = keeper.get(reverse("desk_days"), {"truoc": shown["older"].isoformat()}).context
    assert [day for day, _sides in older["rows"]][-1] == first and older["older"] is None
    assert keeper.get(reverse("desk_days"), {"truoc": "x"}).status_code == 404


def test_a_difference_is_explained(keeper: Any) -> None:
    row = a_day_that_differs()
    where = reverse("desk_explain", args=[row.pk])
    assert "Bạn ghi lời giải thích" in keeper.post(where, {"note": " "}, follow=True).content.decode()
    assert staff("propose_decisions").post(where, {"note": "x"}).status_code in (302, 403)
    row.refresh_from_db()
    assert row.note == ""
    html = keeper.post(where, {"note": "<i>Ngân hàng gửi muộn</i>"}, follow=True).content.decode()
    assert "&lt;i&gt;Ngân hàng gửi muộn" in html
    assert Entry.objects.get(action="reconciliation.explained").after["state"] == "explained"  # type: ignore[index]


def test_a_day_is_taken_along_without_formulas(keeper: Any) -> None:
    row = a_day_that_differs()
    answered = keeper.get(reverse("desk_day_taken", args=[row.day.isoformat()]))
    table = list(load_workbook(BytesIO(b"".join(answered.streaming_content))).active.values)  # type: ignore[union-attr]
    assert [line[1] for line in table[1:]] == ["'=HYPERLINK(1)", row.what]
    assert table[2][2:4] == (int(row.ours or 0), None)
    assert Entry.objects.get(action="reconciliation.exported").after == {"day": row.day.isoformat()}


def test_a_day_is_compared_again(keeper: Any) -> None:
    row = a_day_that_differs()
    Job.objects.filter(kind=KIND).delete()
    keeper.post(reverse("desk_day_again", args=[row.day.isoformat()]))
    assert Job.objects.filter(kind=KIND).count() == 3
    for wrong in ("2026-13-01", "hom-nay"):
        assert keeper.get(reverse("desk_day", args=[wrong])).status_code == 404


def test_a_layout_is_tried_before_it_is_saved(keeper: Any) -> None:
    layout = saved(bank())
    where = reverse("file_layouts:edit", args=[layout.pk])
    given = {
        name: value or ""
        for name, value in layout.__dict__.items()
        if name in [field.name for field in FileLayout._meta.fields]
    } | {"is_active": "on", "carrier": "", "delimiter": ";"}
    for content, told in (
        (csv(came("Xin chào", 5), delimiter=";"), "Xin chào"),
        (csv(came("x", 5)), "ngăn cột bằng dấu khác"),
    ):
        file = SimpleUploadedFile("a.csv", content.encode())
        html = keeper.post(where, given | {"trial": file, "action-preview": "1"}).content.decode()
        assert "Đọc thử" in html and told in html
    layout.refresh_from_db()
    assert (layout.delimiter, Line.objects.exists(), Import.objects.exists()) == (",", False, False)
    keeper.post(where, given)
    layout.refresh_from_db()
    assert layout.delimiter == ";"
    assert Entry.objects.get(action="reconciliation.layout_changed").after == {"delimiter": ";"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"text_heading": ""},
        {"kind": "carrier"},
        {"amount_heading": "Tiền"},
        {"credit_heading": ""},
        {"thousands_mark": "."},
    ],
)
def test_a_layout_that_could_read_nothing_is_refused(keeper: Any, wrong: dict[str, str]) -> None:
    layout = bank(name="Mới")
    names = [
        field.name for field in FileLayout._meta.fields if field.name not in ("id", "carrier", "heading_row")
    ]
    given = {name: getattr(layout, name) or "" for name in names} | wrong
    answered = keeper.post(reverse("file_layouts:add"), given)
    assert answered.status_code == 200 and answered.context["form"].errors
    assert not FileLayout.objects.filter(name="Mới").exists()


def test_the_examples_are_there_and_whole() -> None:
    rows = FileLayout.objects.filter(name__endswith="(mẫu)")
    assert rows.count() == 5
    for row in rows:
        row.full_clean()


def test_lines_are_searched_and_narrowed(keeper: Any) -> None:
    one, two = line_of("MBVCB abc", 5_000, reference="FT1"), line_of("xyz", 7_000)
    for chosen, found in (
        ({"q": "abc"}, [one]),
        ({"q": "7.000"}, [two]),
        ({"q": "ft1"}, [one]),
        ({"state": "matched"}, []),
        ({"kind": "carrier"}, []),
        ({"way": "in"}, [two, one]),
    ):
        answered = keeper.get(reverse("desk_lines"), chosen)
        assert list(answered.context["object_list"]) == found, chosen


@pytest.mark.parametrize("name", ["desk_lines", "desk_imports", "desk_differences", "desk_days"])
def test_lists_ask_as_often_for_one_row_as_for_many(
    keeper: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    a_day_that_differs()
    for number in range(3):
        line_of(f"dong {number}", 9_000 + number)
    keeper.get(reverse(name))
    with django_assert_max_num_queries(12):
        keeper.get(reverse(name))


def test_pages_have_nothing_inline(keeper: Any) -> None:
    row = a_day_that_differs()
    line = line_of()
    proposed(line)
    for where in (
        reverse("desk_line", args=[line.pk]),
        reverse("desk_day", args=[row.day.isoformat()]),
        reverse("desk_import", args=[line.imported_id]),
        reverse("desk_import_new"),
    ):
        found = Inline(page(keeper, where)).found
        assert [one for one in found if "style" in one or " on" in one] == [], where


def test_a_decision_made_meanwhile_is_told(keeper: Any) -> None:
    line = line_of()
    decision = proposed(line)
    confirmed(decision)
    assert "vừa được quyết định" in act(keeper, line, "bac", note="Sai")
    assert "Có dòng vừa được" in act(keeper, line, "khac", note="x")
    assert Decision.objects.get().state == "confirmed" and states(line) == [LineState.OTHER]
