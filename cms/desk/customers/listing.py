"""The list of customers: contacts are masked, the spreadsheet has none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.orders.rights import EXPORT
from marketplace.accounts.models import User
from marketplace.audit.models import record
from marketplace.clock import VIETNAM
from marketplace.look.figures import day

from .finding import customers, found_by, masked_email, masked_phone

NAME = "desk_customers"
EXPORTED = "customers_exported"
WIDE_ENOUGH = {"class": "w-inline-block w-w-52"}  # without it phones show names letter below letter


def _page(user: User) -> str:
    return reverse("desk_customer", args=[user.pk])


def _name(user: User) -> str:
    return user.get_full_name() or "–"


def _last(user: Any) -> str:
    return day(user.last_order) if user.last_order else ""


class Customers(ReportView):  # type: ignore[misc]
    model = User
    page_title = _("Khách hàng")
    header_icon = "user"
    index_url_name = NAME
    index_results_url_name = f"{NAME}_results"
    is_searchable = True
    default_ordering = "-last_order"
    columns = [
        TitleColumn("name", label=_("Họ và tên"), accessor=_name, get_url=_page, link_attrs=WIDE_ENOUGH),
        Column("phone", label=_("Số điện thoại"), accessor=lambda user: masked_phone(user.phone)),
        Column("email", label=_("Email"), accessor=lambda user: masked_email(user.email)),
        NumberColumn("order_count", label=_("Số đơn hàng"), sort_key="order_count"),
        Column("last", label=_("Đơn gần nhất"), accessor=_last, sort_key="last_order"),
    ]
    list_export = ["pk", "joined_on", "order_count", "last_on"]
    export_headings = {
        "pk": _("Mã tài khoản"),
        "joined_on": _("Ngày tham gia"),
        "order_count": _("Số đơn hàng"),
        "last_on": _("Đơn gần nhất"),
    }
    export_filename = "khach-hang"

    @cached_property
    def show_export_buttons(self) -> bool:
        return bool(self.request.user.has_perm(EXPORT))

    def get_base_queryset(self) -> QuerySet[User, Any]:
        rows: QuerySet[User, Any] = customers().annotate(
            joined_on=TruncDate("date_joined", tzinfo=VIETNAM),
            last_on=TruncDate("last_order", tzinfo=VIETNAM),
        )
        return rows

    def order_queryset(self, queryset: QuerySet[User, Any]) -> QuerySet[User, Any]:
        """Who never ordered stands last, whichever way the last order sorts."""
        name, down = self.ordering.lstrip("-"), self.ordering.startswith("-")
        key = F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True)
        return queryset.order_by(key, "-pk")

    def search_queryset(self, queryset: QuerySet[User, Any]) -> QuerySet[User, Any]:
        return queryset.filter(found_by(self.search_query)) if self.is_searching else queryset

    def as_spreadsheet(self, queryset: QuerySet[User, Any], spreadsheet_format: str) -> HttpResponseBase:
        """Recorded before anything leaves: who took how many rows."""
        if not self.request.user.has_perm(EXPORT):
            raise PermissionDenied
        facts = {"rows": queryset.count(), "searched": self.is_searching}
        record(action=EXPORTED, target=self.request.user, actor=self.request.user, after=facts)
        answer: HttpResponseBase = super().as_spreadsheet(queryset, spreadsheet_format)
        return answer
