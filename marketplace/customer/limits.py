"""How often one address of the net may have mails sent to others' addresses."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marketplace.accounts.origin import ip_of

MOST_AN_HOUR = 20


class TooOften(ValueError):
    """Too many from one place within the hour; the text says so."""


def count_request(request: HttpRequest) -> None:
    """Count one more; raises TooOften. Only hashes are kept, for an hour."""
    place = salted_hmac("customer.alert", ip_of(request) or "").hexdigest()
    key = f"customer.alert:{place}"
    cache.add(key, 0, timeout=3600)
    try:
        times = cache.incr(key)
    except ValueError:  # it ran out between the two
        times = 1
    if times > MOST_AN_HOUR:
        raise TooOften(_("Nơi bạn đang dùng mạng vừa gửi nhiều lời nhờ. Một giờ nữa bạn thử lại nhé."))
