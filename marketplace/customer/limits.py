"""How often one address of the net may have mails sent to others' addresses."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from marketplace.accounts.origin import place_of

MOST_AN_HOUR = 20
AN_HOUR = 3600  # seconds


class TooOften(ValueError):
    """Too many from one place within the hour; the text says so."""


def count_request(request: HttpRequest) -> None:
    """Count one more; raises TooOften. Only hashes are kept, for an hour after the last one that was let through."""
    place = salted_hmac("customer.alert", place_of(request)).hexdigest()
    key = f"customer.alert:{place}"
    times = cache.get(key, 0)
    if times >= MOST_AN_HOUR:
        raise TooOften(_("Nơi bạn đang dùng mạng vừa gửi nhiều lời nhờ. Một giờ nữa bạn thử lại nhé."))
    cache.set(key, times + 1, timeout=AN_HOUR)  # `incr` would leave it for the cache's own, shorter time
