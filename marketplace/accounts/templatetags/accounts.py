"""`{% load accounts %}`: the ways between one's own pages."""

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import phones
from marketplace.accounts.consents import withdrawal_token

register = template.Library()

#: In the order of the navigation; a section shows once its package has the address.
SECTIONS: tuple[tuple[str, Promise], ...] = (
    ("accounts:overview", _("Tổng quan")),
    ("order:mine", _("Đơn hàng")),
    ("address:book", _("Sổ địa chỉ")),
    ("wishlist:list", _("Yêu thích")),
    ("customer:alerts", _("Món chờ có hàng")),
    ("communication:inbox", _("Thông báo")),
    ("accounts:security", _("Bảo mật")),
    ("accounts:privacy", _("Dữ liệu cá nhân")),
)


@dataclass(frozen=True)
class Section:
    url: str
    label: Promise
    here: bool


@register.inclusion_tag("accounts/_sections.html", takes_context=True)
def account_sections(context: Context) -> dict[str, object]:
    """Links to the sections that exist; the one whose address begins the page's is marked (the longest, if several)."""
    found = [(url, label) for name, label in SECTIONS if (url := _address(name))]
    request = context["request"]
    path = _address("accounts:security") if _is_about_signing_in(request) else request.path
    inside = max((url for url, _label in found if path.startswith(url)), key=len, default="")
    return {"sections": [Section(url, label, url == inside) for url, label in found], "request": request}


def _is_about_signing_in(request: HttpRequest) -> bool:
    """allauth's own pages: password, address, second factor."""
    found = request.resolver_match
    return bool(found and found.url_name and found.url_name.startswith(("account_", "mfa_")))


@register.filter
def national(phone: str | None) -> str:
    """`{{ user.phone|national }}` → 0912 345 678; nothing for None."""
    return phones.national(phone) if phone else ""


@register.simple_tag
def withdrawal_path(contact: str) -> str:
    """`{% withdrawal_path order.guest_email %}`: where somebody without an account takes back the consent to news."""
    return reverse("accounts:withdraw", args=[withdrawal_token(contact)])


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
