"""One customer as staff see them. Opening the page is recorded: it shows a person."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.orders.rights import VIEW as SEE_ORDERS
from marketplace.accounts.consents import consents_of, wants_marketing
from marketplace.accounts.models import DataExport, Deletion, User
from marketplace.accounts.privacy.person import person_of
from marketplace.audit.models import Entry, record
from marketplace.order.access import orders_of

from .finding import customers

OPENED = "customer_opened"
SHOWN = 50


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    customer = get_object_or_404(customers(), pk=pk)
    record(action=OPENED, target=customer, actor=request.user)
    return render(request, "cms/desk/customers/customer.html", customer_context(customer, request.user))


def customer_context(customer: User, staff: Any) -> dict[str, Any]:
    """`customer`, `orders`, `consents`, `exports`, `deletions`, `openings`; orders link where `staff` may see them."""
    person = person_of(customer)
    orders = orders_of(customer).prefetch_related("consignments__parcels").order_by("-date_placed", "-pk")
    return {
        "customer": customer,
        "confirmed": person.emails,
        "orders": orders[:SHOWN],
        "sees_orders": staff.has_perm(SEE_ORDERS),
        "consents": consents_of(user_id=customer.pk, contacts=person.contacts)[:SHOWN],
        "marketing": wants_marketing(user_id=customer.pk, contacts=person.contacts),
        "exports": DataExport.objects.filter(user=customer).defer("content")[:SHOWN],
        "deletions": Deletion.objects.filter(user=customer)[:SHOWN],
        "openings": _openings(customer),
        "page_title": customer.get_full_name() or _("Khách hàng %(number)s") % {"number": customer.pk},
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang chính")},
            {"url": reverse("desk_customers"), "label": _("Khách hàng")},
            {"url": "", "label": customer.get_full_name() or str(customer.pk)},
        ],
    }


def _openings(customer: User) -> list[Entry]:
    kind = ContentType.objects.get_for_model(User)
    found = Entry.objects.filter(content_type=kind, object_id=str(customer.pk), action=OPENED)
    return list(found.select_related("actor")[:20])
