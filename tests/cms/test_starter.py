import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from wagtail.models import Page, Site

from cms.models import HomePage, StoryPage, TextPage
from cms.starter import load_pages, load_story
from cms.starter.pages import read_pages
from cms.starter.prose import blocks
from marketplace.audit.models import Entry
from tests.cms.reading import page

pytestmark = pytest.mark.django_db

TEXTS = [entry for entry in read_pages() if entry["kind"] == "text"]


def address(entry: dict[str, Any]) -> str:
    return f"/{entry['parent']}/{entry['slug']}/"


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry["slug"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_help_and_legal_text_stands_in_both_languages(
    client: Any, pages: None, entry: dict[str, Any], language: str
) -> None:
    html = page(client, ("" if language == "vi" else "/en") + address(entry))
    assert f"<h1>{entry[language]['title']}</h1>" in html
    text = strip_tags(re.search(r'<div class="prose">(.*)</div>\s*</main>', html, re.DOTALL)[1])  # type: ignore[index]
    assert len(text.split()) > 80
    assert "None" not in text and "{" not in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_the_footer_names_exists(client: Any, pages: None, language: str) -> None:
    with translation.override(language):
        footer = render_to_string("components/footer.html")
    named = {link for link in re.findall(r'href="([^"]+)"', footer) if "cach-xep-hang" not in link}
    assert len(named) >= 10
    for link in named:
        page(client, link)


def test_links_inside_the_texts_stay_in_their_language(pages: None) -> None:
    for text in TextPage.objects.select_related("locale"):
        links = re.findall(r'href=\\?"(/[^"\\]*)', str(text.body.raw_data))
        english = [link.startswith("/en/") for link in links]
        assert all(english) if text.locale.language_code == "en" else not any(english), text.slug


def test_loading_again_changes_nothing(pages: None) -> None:
    before = list(Page.objects.values_list("pk", "latest_revision_created_at"))
    assert load_pages() == 0
    assert list(Page.objects.values_list("pk", "latest_revision_created_at")) == before


def test_loading_never_overwrites_what_editors_wrote(pages: None) -> None:
    text = TextPage.objects.get(slug="giao-hang", locale__language_code="vi")
    text.title = "Giao hàng của chúng tôi"
    text.save_revision().publish()
    load_pages()
    text.refresh_from_db()
    assert text.title == "Giao hàng của chúng tôi"


def test_a_page_that_editors_renamed_moved_or_deleted_is_not_made_again(pages: None) -> None:
    vietnamese = Page.objects.filter(locale__language_code="vi")
    renamed = vietnamese.get(slug="giao-hang").specific
    renamed.slug = "giao-hang-va-phi"
    renamed.save()
    vietnamese.get(slug="doi-tra").move(vietnamese.get(slug="phap-ly"), pos="last-child")
    vietnamese.get(slug="bao-cao").delete()
    Page.objects.get(slug="thanh-toan", locale__language_code="en").delete()
    before = set(Page.objects.values_list("pk", "url_path"))
    assert load_pages() == 0
    assert set(Page.objects.values_list("pk", "url_path")) == before


def test_nothing_is_made_below_a_page_that_editors_deleted(pages: None) -> None:
    for one in Page.objects.filter(slug="tro-giup"):
        Page.objects.get(pk=one.pk).delete()
    assert load_pages() == 0
    assert not Page.objects.filter(slug="giao-hang").exists()


def test_a_page_that_is_new_in_the_files_is_added(pages: None, monkeypatch: pytest.MonkeyPatch) -> None:
    new = TEXTS[0] | {"slug": "van-ban-moi"}
    monkeypatch.setattr("cms.starter.pages.read_pages", lambda: [*read_pages(), new])
    assert load_pages() == 2
    assert load_pages() == 0
    assert Page.objects.filter(slug="van-ban-moi").count() == 2


def test_pages_of_a_shop_older_than_the_notes_are_taken_as_they_are(pages: None) -> None:
    Entry.objects.all().delete()
    assert load_pages() == 0
    Page.objects.get(slug="bao-cao", locale__language_code="vi").delete()
    assert load_pages() == 0


def test_home_becomes_the_sites_root_and_the_welcome_page_goes(home: HomePage) -> None:
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_story_is_made_once_and_mirrored_in_english(story: StoryPage) -> None:
    again = load_story(
        slug=story.slug, title="Khác", producer=story.producer, lead="Khác", text="Khác", products={}
    )
    assert again.pk == story.pk and again.title == "Leo lên cây mà hái chè"
    mirror = StoryPage.objects.get(locale__language_code="en")
    assert mirror.alias_of_id == story.pk


def test_plain_text_becomes_blocks() -> None:
    text = (
        "Mở đầu **đậm**\n\n- một\n- hai\n\n! gold | Nhớ | kỹ\n\n= Phí | 0 ₫\n\n![Đồi | Sớm](tea)\n\n{{ tra }}"
    )
    found = blocks(text, products={"tra": 7})
    assert [block["type"] for block in found] == ["text", "alert", "facts", "picture", "product"]
    assert found[0]["value"] == "<p>Mở đầu <b>đậm</b></p><ul><li>một</li><li>hai</li></ul>"
    assert found[3]["value"] == {"alt": "Đồi", "caption": "Sớm", "scene": "tea"}
    assert found[4]["value"] == {"product": 7}


def test_markup_in_plain_text_is_escaped() -> None:
    assert "<script>" not in blocks("<script>alert(1)</script>")[0]["value"]


def test_a_story_names_only_products_it_was_given() -> None:
    with pytest.raises(KeyError):
        blocks("{{ tra }}")
