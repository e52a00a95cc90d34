from typing import Any

import pytest
from django.test import RequestFactory

from marketplace.accounts.origin import ip_of, place_of


def asked(forwarded: str | None, remote: str = "10.0.0.2") -> str | None:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return ip_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, None, "10.0.0.2"),
        (0, "203.0.113.9", "10.0.0.2"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", None),
        (1, "nobody", None),
    ],
)
def test_the_visitor_is_who_the_trusted_proxy_says(
    settings: Any, proxies: int, forwarded: str | None, found: str | None
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert asked(forwarded) == found


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nowhere", ""),
    ],
)
def test_limits_take_a_network_of_ipv6_for_one_place(address: str, place: str) -> None:
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place
