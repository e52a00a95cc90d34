"""The context of every list of products: browse, search, and a province's page."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.cards import Card, cards
from marketplace import clock
from search import cursors, saying
from search.highlight import marked
from search.log import note
from search.names import NameBook, names
from search.nothing import instead, meant
from search.panel import panel
from search.parameters import Asked, read
from search.query import AS_TYPED, ProductQuery, Sort
from search.reference import vocabulary
from search.result import ProductResult
from search.searching import MOST_PAGES, search


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks for, on today's day, for this visitor."""
    adult: bool = request.is_adult  # type: ignore[attr-defined]
    return read(request.GET, names=names.get(), day=clock.today(), adult=adult)


def listing(
    asked: Asked, *, action: str, province: str = "", query: ProductQuery | None = None
) -> dict[str, Any]:
    """Everything templates/search/browse.html documents. `query` replaces the address's own where a page narrows it.

    Raises Http404 for a page beyond the last.
    """
    wanted = query or asked.query
    result = search(wanted)
    if not wanted.place_held and all(key == "q" for key, _value in asked.pairs):
        note(text=wanted.text, day=wanted.day, result=result)
    book = names.get()
    chosen = saying.chosen(asked, book)
    understood = saying.understood(asked, result, book)
    relaxed = saying.relaxed(result)
    return {
        "action": action,
        "q": wanted.text,
        "title": _title(asked),
        "understood": understood,
        "literal_url": asked.plus(*(("bo", chip.key) for chip in result.chips)) if understood else "",
        "chosen": chosen,
        "chosen_filters": len(chosen),
        "facets": panel(asked, result, book, province=province),
        "clear_url": (asked.only("q") or action) if chosen else "",
        "hidden": asked.chosen("bo", "vung"),
        "sort": wanted.sort.value,
        "sort_chosen": wanted.sort is not Sort.RELEVANCE,
        "sorts": _sorts(),
        "total": result.total,
        "exact": result.exact if relaxed else None,
        "close_count": result.total - (result.exact or 0),
        **_cards(result, wanted),
        "relaxed": relaxed,
        "split_at": _split_at(wanted, result) if relaxed else None,
        "everywhere_url": reverse("search:search") + asked.only("q")
        if wanted.place_held and wanted.text
        else "",
        "corrected": result.corrected,
        "as_typed_url": asked.plus(("bo", AS_TYPED)),
        "hidden_adult": result.hidden_adult,
        "stood_in": result.stood_in,
        "adult_action": reverse("search:adult"),
        **(_further(wanted, result) if wanted.after else _pages(wanted, result)),
        "first_url": asked.plus() or action,
        **(_instead(asked, result, book) if not result.total else {}),
    }


def _cards(result: ProductResult, query: ProductQuery) -> dict[str, list[Card]]:
    """The products of this page, and apart from them those that staff put in front, each with the reason."""
    reasons = {promotion.product_id: promotion.reason for promotion in result.promoted}
    drawn = _marked(cards([*reasons, *result.ids], day=query.day), result)
    return {
        "promoted": [replace(card, reason=reasons[card.pk]) for card in drawn if card.pk in reasons],
        "cards": [card for card in drawn if card.pk not in reasons],
    }


def _marked(found: list[Card], result: ProductResult) -> list[Card]:
    """With what was looked for marked in their names."""
    if not result.groups:
        return found
    return [replace(card, marked=marked(card.title, result.groups)) for card in found]


def _instead(asked: Asked, result: ProductResult, book: NameBook) -> dict[str, Any]:
    """What templates/search/_nothing.html offers; with filters chosen that is to drop one of them."""
    query = asked.query
    near = [] if result.hidden_adult else meant(query.text, vocabulary.get(), book)
    return {"meant": near} | ({} if saying.chosen(asked, book) else instead(query, book))


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx what changes alone; caches keep the two apart."""
    htmx = request.htmx  # type: ignore[attr-defined]
    partial = htmx and not htmx.history_restore_request
    response = render(request, "search/_results.html" if partial else template, context)
    response["Vary"] = "HX-Request, HX-History-Restore-Request"
    return response


def _pages(query: ProductQuery, result: ProductResult) -> dict[str, Any]:
    shown = min(result.total, MOST_PAGES * query.page_size)
    paginator: Paginator[int] = Paginator(range(shown), query.page_size)
    if query.page > paginator.num_pages:
        raise Http404
    page = paginator.page(query.page)
    return {
        "page": page,
        "pages": list(paginator.get_elided_page_range(query.page, on_each_side=2, on_ends=1)),
        "further": _goes_on(query, result) if query.page == MOST_PAGES else "",
    }


def _further(query: ProductQuery, result: ProductResult) -> dict[str, Any]:
    """A page behind the numbered ones. Where products have gone meanwhile, its numbers still end with the total."""
    shown = len(result.ids)
    first = max(min(query.start, result.total - shown), 0) + 1
    return {
        "beyond": {"first": first, "last": first + shown - 1} if shown else {},
        "further": _goes_on(query, result),
    }


def _goes_on(query: ProductQuery, result: ProductResult) -> str:
    return cursors.written(result.further, query.sort) if result.further else ""


def _split_at(query: ProductQuery, result: ProductResult) -> int | None:
    """Where on this page the results begin that fit only in part; other orders than by relevance mix them."""
    exact = (result.exact or 0) if query.sort is Sort.RELEVANCE else 0
    ahead = {promotion.product_id for promotion in result.promoted}
    first = exact - query.start
    first -= sum(key in ahead for key in result.ids[: max(first, 0)])
    return max(first, 0) if first < sum(key not in ahead for key in result.ids) else None


def _title(asked: Asked) -> str:
    if asked.query.text:
        return _("Kết quả cho “%(text)s”") % {"text": asked.query.text[:80]}
    categories = [names.get().find("categories", slug=value) for key, value in asked.chosen("nhom")]
    places = [names.get().find("provinces", slug=value) for key, value in asked.chosen("tinh")]
    if len(categories) == 1 and categories[0]:
        return categories[0].local
    if len(places) == 1 and places[0]:
        return _("Đặc sản %(place)s") % {"place": places[0].local}
    return _("Tất cả sản phẩm")


def _sorts() -> list[tuple[str, str]]:
    return [
        (Sort.RELEVANCE.value, _("Phù hợp nhất")),
        (Sort.NEWEST_CERTIFICATE.value, _("Chứng nhận mới nhất")),
        (Sort.STARS.value, _("Nhiều sao trước")),
        (Sort.PRICE_UP.value, _("Giá thấp trước")),
        (Sort.PRICE_DOWN.value, _("Giá cao trước")),
        (Sort.BEST_SELLING.value, _("Bán chạy")),
    ]
