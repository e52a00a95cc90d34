"""Pages of lists: the parameter `trang`, and what the pager draws."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest


def paged(request: HttpRequest, rows: Any, *, size: int) -> dict[str, Any]:
    """`page` and `pages` for components/pager.html. Raises Http404 for a page that does not exist."""
    paginator: Paginator[Any] = Paginator(rows, size)
    try:
        page: Page[Any] = paginator.page(request.GET.get("trang") or 1)
    except InvalidPage as error:
        raise Http404 from error
    return {
        "page": page,
        "pages": list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
    }
