"""Where a request comes from."""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def ip_of(request: HttpRequest) -> str | None:
    """The visitor's address, not that of the proxies in front (PROXIES says how many); None where nobody says.

    Without the name of a network card, which databases do not take.
    """
    try:
        return str(ip_address(get_adapter().get_client_ip(request))).partition("%")[0]
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return None


def place_of(request: HttpRequest) -> str:
    """What limits count by: the address, or the /64 network of an IPv6 one, since whoever has one has all of it."""
    address = ip_of(request) or ""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
