"""What staff's admin gets from the shop: choosers of its objects, and reports."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from cms.choosers import producer_chooser, product_chooser
from cms.desk import lists, people, questions, refused, reviews, searches
from cms.desk.customers import rights as rights_of_customers
from cms.desk.customers import urls as customers
from cms.desk.images import CleanAvatarForm
from cms.desk.mail import rights as rights_of_mail
from cms.desk.mail import urls as mail
from cms.desk.orders import rights
from cms.desk.orders import urls as orders
from cms.desk.orders.carriers import carriers
from cms.desk.payments import rights as rights_of_payments
from cms.desk.payments import urls as payments
from cms.desk.reconciliation import rights as rights_of_reconciliation
from cms.desk.reconciliation import urls as reconciliation
from cms.desk.reconciliation.layouts import layouts
from cms.desk.returns import rights as rights_of_returns
from cms.desk.returns import urls as returns
from cms.desk.said import rights as rights_of_said
from cms.desk.shipping import Shipping
from cms.desk.tuning import SearchTuning
from cms.desk.users import erase_instead
from cms.desk.waiting import WaitingPanel
from marketplace.accounts.models import User

AvatarSettingsPanel.form_class = CleanAvatarForm  # Wagtail has no setting for it
lists.install()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def choosers() -> list[Any]:
    return [product_chooser, producer_chooser, SearchTuning(), Shipping(), carriers, layouts]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def reports() -> list[Any]:
    return [
        *searches.urls(),
        *refused.urls(),
        *orders.urls(),
        *customers.urls(),
        *mail.urls(),
        *people.urls(),
        *reconciliation.urls(),
        *returns.urls(),
        *payments.urls(),
        *reviews.urls(),
        *questions.urls(),
    ]


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def searched() -> Any:
    return searches.menu_item()


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def refused_products() -> Any:
    return refused.menu_item()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def orders_menu() -> Any:
    return orders.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_of_orders() -> Any:
    return rights.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def mail_menu() -> Any:
    return mail.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_to_mail() -> Any:
    return rights_of_mail.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def returns_menu() -> Any:
    return returns.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def right_to_returns() -> Any:
    return rights_of_returns.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def payments_menu() -> Any:
    return payments.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_to_payments() -> Any:
    return rights_of_payments.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def reconciliation_menu() -> Any:
    return reconciliation.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_of_reconciling() -> Any:
    return rights_of_reconciliation.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def reviews_menu() -> Any:
    return reviews.menu_item()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def questions_menu() -> Any:
    return questions.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_of_what_is_said() -> Any:
    return rights_of_said.registered()


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def look_of_orders() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_about_people() -> Any:
    return people.registered()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def customers_menu() -> Any:
    return customers.menu_item()


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def rights_of_seeing_customers() -> Any:
    return rights_of_customers.registered()


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WaitingPanel(request))


@hooks.register("before_delete_user")  # type: ignore[untyped-decorator]
def person_is_forgotten(request: HttpRequest, user: Any) -> HttpResponse | None:
    return erase_instead(request, [user]) if request.method == "POST" else None


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def persons_are_forgotten(
    request: HttpRequest, action: str, objects: list[Any], bulk_action: Any
) -> HttpResponse | None:
    return erase_instead(request, objects) if action == "delete" and bulk_action.model is User else None
