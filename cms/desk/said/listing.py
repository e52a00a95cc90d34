"""What staff's lists of reviews and of questions have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from wagtail.admin.views.reports import ReportView

from cms.desk.orders.export import harmless


class SaidList(ReportView):  # type: ignore[misc]
    """Rows with the number of reports that wait; `searched` names the fields in which a text is looked for."""

    rows: ClassVar[Callable[[], QuerySet[Any]]]
    searched: ClassVar[tuple[str, ...]]
    is_searchable = True
    custom_value_preprocess = ReportView.custom_value_preprocess | {str: {"csv": harmless, "xlsx": harmless}}

    def get_base_queryset(self) -> QuerySet[Any]:
        waiting = Count("reports", filter=Q(reports__decision=""))
        found: QuerySet[Any] = type(self).rows().annotate(open_reports=waiting)
        return found

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        found = Q(product__title__icontains=self.search_query)
        for field in (*self.searched, "product__producer__partner__name"):
            found |= Q(**{f"{field}__icontains": self.search_query})
        return queryset.filter(found)
