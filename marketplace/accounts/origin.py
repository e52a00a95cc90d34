"""Where a request comes from."""

from ipaddress import ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def ip_of(request: HttpRequest) -> str | None:
    """The visitor's address, not that of the proxies in front (PROXIES says how many); None where nobody says."""
    try:
        return str(ip_address(get_adapter().get_client_ip(request)))
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return None
