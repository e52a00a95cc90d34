from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from marketplace.accounts.models import User
from search.models import JudgedQuery, PromotedResult, StopWord, Synonym
from search.tuning.preview import preview
from tests import factories
from tests.cms.reading import page
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db

SYNONYM = {"words": "bánh pía, lột da", "targets": "", "weight": "0.85", "unmarked": "on", "active": "on"}


@pytest.fixture
def staff(client: Any) -> Any:
    return sign_in_staff(client, User.objects.create_superuser("tim-kiem@cho-ocop.example", "mat-khau-dai"))


@pytest.fixture
def pia() -> JudgedQuery:
    """A judged query that is not met yet, beside one that a change leaves alone."""
    factories.product("Bánh pía Sóc Trăng")
    factories.product("Mật ong rừng")
    JudgedQuery.objects.create(text="mật ong", expected="Mật ong rừng", top=1)
    return JudgedQuery.objects.create(text="lột da", expected="Bánh pía", top=1)


def post(client: Any, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def test_a_preview_saves_nothing_and_names_the_queries_that_win(staff: Any, pia: JudgedQuery) -> None:
    before = Synonym.objects.count()
    html = post(staff, "synonyms:add", SYNONYM | {"action-preview": "1"}).content.decode()
    assert Synonym.objects.count() == before
    assert "Trong 2 câu kiểm, 1 câu được hiểu khác đi, 1 câu ra kết quả khác." in html
    assert "Tốt lên" in html and "Kém đi" not in html
    assert "lột da" in html and "Bánh pía Sóc Trăng" in html
    assert 'value="bánh pía, lột da"' in html


def test_what_was_previewed_is_what_saving_does(staff: Any, pia: JudgedQuery) -> None:
    shown = preview(Synonym(words="bánh pía, lột da"))
    assert [(one.text, one.before.met, one.after.met) for one in shown.changes] == [(pia.text, False, True)]
    assert post(staff, "synonyms:add", SYNONYM).status_code == 302
    saved = Synonym.objects.get(words="bánh pía, lột da")
    assert preview(saved).changes == ()
    (lost,) = preview(saved, deleted=True).lost
    assert lost.text == pia.text


def test_a_loss_is_shown_before_a_change_and_before_a_deletion(staff: Any, pia: JudgedQuery) -> None:
    row = Synonym.objects.create(words="bánh pía, lột da")
    changed = SYNONYM | {"words": "bánh pía, bánh ngọt", "action-preview": "1"}
    html = post(staff, "synonyms:edit", changed, row.pk).content.decode()
    assert "Kém đi: trước đạt, nay không đạt" in html
    row.refresh_from_db()
    assert row.words == "bánh pía, lột da"
    html = page(staff, reverse("synonyms:delete", args=[row.pk]))
    assert "Nếu xóa mục này" in html and "Kém đi" in html


def test_only_queries_that_are_read_otherwise_are_asked(pia: JudgedQuery) -> None:
    assert preview(Synonym(words="bánh pía, lột da")).looked_at == 1
    assert preview(StopWord(word="lột")).looked_at == 1
    product = factories.product("Trà xanh")
    promoted = PromotedResult(text="mat ong", product=product, position=1, reason="Ngon")
    shown = preview(promoted)
    assert [one.after.first[0] for one in shown.lost] == ["Trà xanh"]


def test_a_wrong_entry_says_so_and_shows_no_preview(staff: Any) -> None:
    html = post(staff, "synonyms:add", SYNONYM | {"words": "chè", "action-preview": "1"}).content.decode()
    assert "Cần ít nhất hai từ" in html and "xem-truoc" not in html


def test_without_judged_queries_staff_are_told_that_nothing_is_known(staff: Any) -> None:
    html = post(staff, "synonyms:add", SYNONYM | {"action-preview": "1"}).content.decode()
    assert "Chưa có câu kiểm nào" in html


def test_a_judged_query_of_staffs_own_is_tried_before_it_is_saved(staff: Any, pia: JudgedQuery) -> None:
    entry = {"text": "mat ong", "expected": "Mật ong", "top": "3", "action-preview": "1"}
    html = post(staff, "judged_queries:add", entry).content.decode()
    assert "Đạt." in html and "Mật ong rừng" in html
    html = post(staff, "judged_queries:add", entry | {"expected": "Trà"}).content.decode()
    assert "Chưa đạt." in html
    del entry["action-preview"]
    assert post(staff, "judged_queries:add", entry).status_code == 302
    assert JudgedQuery.objects.filter(text="mat ong").exists()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"text": "chè"}, "Hãy cho biết câu này phải tìm ra gì."),
        (
            {"text": "chè", "expected": "Chè", "places": "Nơi không có"},
            "Không có nơi nào tên “Nơi không có”.",
        ),
        ({"text": "chè", "star": "4", "not_above": "Trà"}, "Hãy điền cả tên phải đứng trên."),
    ],
)
def test_a_judged_query_that_judges_nothing_is_refused(staff: Any, entry: dict[str, str], words: str) -> None:
    assert words in post(staff, "judged_queries:add", {"top": "10"} | entry).content.decode()


def test_what_comes_with_the_shop_is_put_out_of_use_and_never_deleted(staff: Any) -> None:
    row = Synonym.objects.filter(key__isnull=False)[0]
    assert post(staff, "synonyms:delete", {}, row.pk).status_code == 302
    row.refresh_from_db()
    data = {
        "words": row.words, "targets": row.targets, "weight": str(row.weight), "not_before": row.not_before,
        "not_after": row.not_after, "note": row.note,
    }  # fmt: skip
    assert post(staff, "synonyms:edit", data, row.pk).status_code == 302
    row.refresh_from_db()
    assert not row.active and row.edited


def test_whoever_has_no_right_to_it_changes_nothing(client: Any) -> None:
    person = User.objects.create_user(email="bien-tap@cho-ocop.example", password="mat-khau-dai")
    person.groups.add(Group.objects.get(name="Editors"))
    sign_in_staff(client, person)
    assert post(client, "synonyms:add", SYNONYM).status_code == 302
    assert not Synonym.objects.filter(words=SYNONYM["words"]).exists()
    person.user_permissions.add(Permission.objects.get(codename="add_synonym"))
    post(client, "synonyms:add", SYNONYM)
    assert Synonym.objects.filter(words=SYNONYM["words"]).exists()


@pytest.mark.parametrize(
    "name", ["synonyms", "stop_words", "promoted_results", "place_aliases", "judged_queries"]
)
def test_every_list_can_be_searched(staff: Any, name: str) -> None:
    for query in ("", "?q=ch%C3%A8"):
        assert staff.get(reverse(f"{name}:index") + query).status_code == 200
    assert "Xem trước, chưa lưu" in page(staff, reverse(f"{name}:add"))
