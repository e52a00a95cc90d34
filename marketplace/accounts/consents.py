"""Consents: asked for with a text that has a version, recorded each time, and withdrawn as easily as given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .models.consent import Consent, Purpose, Source

SALT = "marketplace.accounts.consents"


@dataclass(frozen=True)
class Text:
    """What somebody agrees to. New words mean a new version."""

    purpose: Purpose
    version: str
    words: Any


ORDER_TERMS = Text(
    Purpose.ORDER_TERMS, "2026-11", _("Tôi đồng ý với điều khoản mua bán và cách xử lý dữ liệu cá nhân.")
)
ACCOUNT_TERMS = Text(
    Purpose.ACCOUNT_TERMS, "2026-11", _("Tôi đồng ý với điều khoản mua bán và cách xử lý dữ liệu cá nhân.")
)
MARKETING = Text(
    Purpose.MARKETING,
    "2026-11",
    _("Gửi cho tôi tin về phiên chợ mới. Không bắt buộc, bỏ lúc nào cũng được."),
)
#: Before drinks with alcohol are ordered (Law 44/2019/QH14, art. 5 and 16).
ADULT = Text(
    Purpose.ADULT,
    "2026-11",
    _("Tôi từ đủ 18 tuổi trở lên, và người nhận hàng cũng vậy. Người giao có thể hỏi tuổi người nhận."),
)


class WrongLink(ValueError):
    """The link to withdraw a consent is not one of ours."""


def contact_hash(contact: str) -> str:
    """What an e-mail address (whatever its case) or E.164 phone number is known by where neither may be kept."""
    return salted_hmac(SALT, contact.strip().lower(), algorithm="sha256").hexdigest() if contact else ""


def record_consent(
    *,
    text: Text,
    given: bool,
    source: Source,
    moment: datetime,
    user_id: int | None = None,
    contact: str = "",
    ip: str | None = None,
) -> Consent:
    """Write down, in the caller's transaction, that somebody agreed to a text or took that back.

    Of somebody without an account (`user_id` None) `contact`, e-mail address or E.164 phone, is kept as a hash. `ip`
    is the whole address (see origin.ip_of), as the law asks for; it goes with the account.
    """
    hashed = "" if user_id is not None else contact_hash(contact)
    return _write(
        text, given=given, source=source, moment=moment, user_id=user_id, contact_hash=hashed, ip=ip
    )


def _write(text: Text, **fields: Any) -> Consent:
    moment = fields.pop("moment")
    return Consent.objects.create(purpose=text.purpose, text_version=text.version, at=moment, **fields)


def consents_of(*, user_id: int, contacts: tuple[str, ...] = ()) -> QuerySet[Consent]:
    """A person's consents, the latest first; those given without an account by their confirmed `contacts` too."""
    mine = Q(user_id=user_id)
    if contacts:
        mine |= Q(user_id=None, contact_hash__in=[contact_hash(contact) for contact in contacts])
    return Consent.objects.filter(mine)


def wants_marketing(*, user_id: int | None = None, contacts: tuple[str, ...] = (), contact: str = "") -> bool:
    """Whether news may be sent: the last word counts, and without any it may not."""
    if user_id is not None:
        rows = consents_of(user_id=user_id, contacts=contacts)
    else:
        rows = Consent.objects.filter(contact_hash=contact_hash(contact) or "-")
    return bool(rows.filter(purpose=Purpose.MARKETING).values_list("given", flat=True).first())


def set_marketing(
    *, user_id: int, contacts: tuple[str, ...], given: bool, moment: datetime, ip: str | None = None
) -> None:
    """Give or withdraw the consent to news on one's own page; what is so already is left alone.

    A withdrawal counts for what was given without an account by the confirmed `contacts` too.
    """
    if wants_marketing(user_id=user_id, contacts=contacts) == given:
        return
    with transaction.atomic():
        facts: dict[str, Any] = {"given": given, "source": Source.PRIVACY_PAGE, "moment": moment, "ip": ip}
        _write(MARKETING, user_id=user_id, **facts)
        for contact in () if given else contacts:
            if wants_marketing(contact=contact):
                _write(MARKETING, contact_hash=contact_hash(contact), **facts)


def withdrawal_token(contact: str) -> str:
    """What a link for somebody without an account carries: whose it is, without saying it."""
    return signing.dumps(contact_hash(contact), salt=SALT)


def holder_of(token: str) -> str:
    """Whose link it is, as the hash of an address or number. Raises WrongLink for one that was never given."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature as error:
        raise WrongLink(str(error)) from error


def withdraw_by_link(*, token: str, moment: datetime, ip: str | None = None) -> None:
    """Take back the consent to news that the link is about; doing it again changes nothing. Raises WrongLink."""
    hashed = holder_of(token)
    rows = Consent.objects.filter(contact_hash=hashed, purpose=Purpose.MARKETING)
    if rows.values_list("given", flat=True).first():
        _write(MARKETING, given=False, source=Source.LINK, moment=moment, contact_hash=hashed, ip=ip)
