from typing import Any

import pytest
from django.test import RequestFactory

from marketplace.accounts.origin import ip_of


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
