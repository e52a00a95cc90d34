"""How every list of the admin is drawn, ours and Wagtail's: on a phone each row is a card, and counts read as a
sentence does. Wagtail has no setting for either, so the hooks put these into its view of lists."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.reports import ReportView


class CardTable(Table):  # type: ignore[misc]
    """Says in each cell which column it belongs to, so that static/css/desk.css can stack the cells of a row. Roles are
    said as well: browsers forget that something is a table when it is not laid out as one."""

    template_name = "cms/desk/table.html"
    classname = "listing desk-listing"

    class Row(Table.Row):  # type: ignore[misc]
        def __getitem__(self, key: str) -> "CardCell":
            return CardCell(self.columns[key], self.instance)

    @property
    def rows(self) -> Iterator["CardTable.Row"]:
        for index, instance in enumerate(self.data):
            yield CardTable.Row(self, instance, index)


class CardCell(BaseColumn.Cell):  # type: ignore[misc]
    def render_html(self, parent_context: Any) -> SafeString:
        """As the column draws it: each of Wagtail's and ours begins with its cell."""
        drawn: str = super().render_html(parent_context)
        named = self.column.header_template_name == BaseColumn.header_template_name
        label = self.column.label if named else ""
        marked = format_html('<td role="cell" data-label="{}"', label)
        return mark_safe(drawn.replace("<td", marked, 1))  # noqa: S308  escaped by the column's template


class Counted(WagtailPaginator):  # type: ignore[misc]
    """Vietnamese has no plural, and no capital after a number: 8 lần trả lại tiền."""

    @property
    def items_count_label(self) -> str:
        one = self.count == 1 or get_language() == "vi"
        name = str(self.verbose_name if one else self.verbose_name_plural)
        return f"{self.count} {in_a_sentence(name)}"


def in_a_sentence(name: str) -> str:
    """A name without its capital, unless it is written in capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def install() -> None:
    ReportView.results_template_name = "cms/desk/results.html"
    BaseListingView.table_class = CardTable
    BaseListingView.paginator_class = Counted
