"""Makes pages and their translations once; a page that exists is the editors' and stays as it is."""

from typing import Any

from wagtail.models import Locale, Page, Site

from cms.models import HomePage

LANGUAGES = ("vi", "en")


def ensure_page(model: type[Page], *, parent: Page, slug: str, **fields: Any) -> tuple[Page, bool]:
    """The child of `parent` with this address, made and published if there was none; and whether it was made."""
    if page := parent.get_children().filter(slug=slug).first():
        return page.specific, False
    page = model(slug=slug, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page, True


def ensure_translation(page: Page, *, parent: Page, **fields: Any) -> tuple[Page, bool]:
    """The translation of `page` below `parent`, made with `fields` and published if there was none."""
    if found := page.get_translation_or_none(parent.locale):
        return found.specific, False
    return ensure_page(
        type(page), parent=parent, slug=page.slug, translation_key=page.translation_key, **fields
    )


def mirror(page: Page, *, parent: Page) -> Page:
    """The alias of a Vietnamese page below `parent`, which follows it whenever it is published."""
    found = page.get_translation_or_none(parent.locale)
    return found or page.create_alias(
        parent=parent, update_locale=parent.locale, update_slug=page.slug, reset_translation_key=False
    )


def homes() -> dict[str, HomePage]:
    """The home page of each language that has one."""
    pages = HomePage.objects.select_related("locale")
    return {page.locale.language_code: page for page in pages}


def ensure_homes(fields: dict[str, dict[str, Any]]) -> tuple[dict[str, HomePage], int]:
    """Both home pages, and how many were made. Wagtail's welcome page gives way to the Vietnamese one."""
    root = Page.get_first_root_node()
    found, made = homes(), 0
    if "vi" not in found:
        home, _new = ensure_page(HomePage, parent=root, slug="trang-chu", **fields["vi"])
        _take_over(home)
        found["vi"], made = home, made + 1
    if "en" not in found:
        locale, _new = Locale.objects.get_or_create(language_code="en")
        home = HomePage(
            slug="home-en", locale=locale, translation_key=found["vi"].translation_key, **fields["en"]
        )
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
        found["en"], made = home, made + 1
    return found, made


def _take_over(home: HomePage) -> None:
    """Make `home` the root of the default site and drop the page that Wagtail's migrations made."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    before = site.root_page if site.pk else None
    site.root_page = home
    site.site_name = site.site_name or "Chợ OCOP"
    site.save()
    if before and type(before.specific) is Page:
        before.delete()
