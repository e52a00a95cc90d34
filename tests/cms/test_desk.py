from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from cms.desk.users import ShopUserCreationForm
from cms.models import HomePage, ProvinceText, ShopImage, StoryPage
from marketplace.accounts.models import User
from tests import factories
from tests.cms.reading import page
from tests.pictures.images import picture_file
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Any) -> Any:
    return sign_in_staff(client, User.objects.create_superuser("bien-tap@cho-ocop.example", "mat-khau-dai"))


def drawn(tags: str, **context: Any) -> str:
    return Template("{% load cms_texts wagtailcore_tags %}" + tags).render(Context(context))


def test_the_product_chooser_filters_by_name_star_and_province(editor: Any) -> None:
    tea = factories.product("Trà xanh Phìn Hồ")
    factories.rating(tea, stars=5)
    factories.product("Trà xanh Hà Nội", by=factories.producer(of="Hà Nội"))
    query = {"ten": "tra xanh", "sao": "5", "tinh": tea.province.pk}
    html = page(
        editor,
        reverse("product_chooser:choose_results") + "?" + "&".join(f"{k}={v}" for k, v in query.items()),
    )
    assert "Trà xanh Phìn Hồ" in html and "Trà xanh Hà Nội" not in html


def test_the_producer_chooser_lists_producers(editor: Any) -> None:
    factories.producer("HTX Phìn Hồ")
    assert "HTX Phìn Hồ" in page(editor, reverse("producer_chooser:choose_results"))


def test_editors_may_not_take_an_address_of_the_shop(editor: Any, home: HomePage) -> None:
    address = reverse("wagtailadmin_pages:add", args=["cms", "textpage", home.pk])
    body = {
        "body-count": "0",
        "title": "Giỏ",
        "slug": "gio-hang",
        "lead": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = editor.post(address, body)
    assert answer.status_code == 200
    assert "là của cửa hàng" in answer.content.decode()


@pytest.mark.parametrize("name", ["home", "story"])
def test_the_editing_form_of_a_page_opens(editor: Any, request: pytest.FixtureRequest, name: str) -> None:
    target = request.getfixturevalue(name)
    assert target.title in page(editor, reverse("wagtailadmin_pages:edit", args=[target.pk]))


def test_an_account_needs_an_address_or_a_number() -> None:
    passwords = {"password1": "mat-khau-rat-dai", "password2": "mat-khau-rat-dai"}
    assert not ShopUserCreationForm(passwords).is_valid()
    form = ShopUserCreationForm({**passwords, "phone": "+84912345678"})
    assert form.is_valid(), form.errors
    assert form.save().email is None


def test_the_account_form_asks_for_the_phone_number(editor: Any) -> None:
    assert 'name="phone"' in page(editor, reverse("wagtailusers_users:add"))


def test_an_uploaded_picture_is_cleaned(editor: Any) -> None:
    content = BytesIO()
    Image.new("RGB", (640, 480), "green").save(content, "JPEG", comment=b"secret place")
    upload = SimpleUploadedFile("Anh nha.jpg", content.getvalue(), "image/jpeg")
    editor.post(reverse("wagtailimages:add"), {"title": "Đồi chè", "file": upload, "collection": 1})
    kept = ShopImage.objects.get(title="Đồi chè")
    with kept.file.open("rb") as file:
        assert kept.file.name.endswith(".webp") and b"secret place" not in file.read()


def test_the_picture_of_ones_own_account_is_cleaned_too(editor: Any, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x010F] = "secret place"
    form = {"name_email-first_name": "A", "name_email-last_name": "B", "theme-theme": "system"}
    form |= {"theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"}
    evil = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>")
    assert editor.post("/admin/account/", form | {"avatar-avatar": evil}).status_code == 200
    assert list(tmp_path.rglob("*.*")) == []
    avatar = picture_file((300, 200), exif=exif)
    assert editor.post("/admin/account/", form | {"avatar-avatar": avatar}).status_code == 302
    (kept,) = tmp_path.rglob("*.*")
    assert kept.suffix == ".webp" and b"secret place" not in kept.read_bytes()


def test_a_provinces_text_is_shown_in_the_visitors_language() -> None:
    place = factories.province()
    ProvinceText.objects.create(province=place, text="<p>Chè cổ thụ</p>", text_en="<p>Old tea</p>")
    tags = "{% province_text slug as text %}{{ text.local_text|richtext }}"
    assert drawn(tags, slug=place.slug) == "<p>Chè cổ thụ</p>"
    assert drawn(tags, slug="noi-khac") == ""


def test_a_producers_story_is_found_for_the_shops_pages(story: StoryPage) -> None:
    tags = "{% producer_story producer as told %}{{ told.title }}"
    assert drawn(tags, producer=story.producer_id) == "Leo lên cây mà hái chè"
    assert drawn("{% province_stories 'tuyen-quang' as told %}{{ told|length }}") == "1"


def test_a_drafted_story_goes_through_the_workflow(client: Any, story: StoryPage, editor: Any) -> None:
    flow = Workflow.objects.create(name="Duyệt bài")
    task = GroupApprovalTask.objects.create(name="Ban biên tập")
    WorkflowTask.objects.create(workflow=flow, task=task.task_ptr, sort_order=0)
    person = User.objects.get(email="bien-tap@cho-ocop.example")
    story.title = "Bài đã sửa"
    story.save_revision(user=person)
    state = flow.start(story, person)
    assert "Bài đã sửa" not in page(client, "/cau-chuyen/che-phin-ho/")
    state.current_task_state.specific.approve(user=person)
    assert "Bài đã sửa" in page(client, "/cau-chuyen/che-phin-ho/")
