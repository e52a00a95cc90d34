"""What people are told by mail about their account. A link's secret is made when the mail is sent, and kept nowhere."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace import clock
from marketplace.communication.kinds import Context, Kind, register
from marketplace.communication.outbox import post

from .models import User

CONFIRM = "account_confirm_email"
RESET = "account_reset_password"
EXISTS = "account_exists"
CHANGED = "account_changed"

#: What allauth tells of, by the name of its own mail.
CHANGES = {
    "password_changed": _("Mật khẩu vừa được đổi."),
    "password_set": _("Mật khẩu vừa được đặt."),
    "password_reset": _("Mật khẩu vừa được đặt lại."),
    "phone_changed": _("Số điện thoại của tài khoản vừa được đổi."),
    "email_changed": _("Email của tài khoản vừa được đổi."),
    "email_deleted": _("Email của tài khoản vừa bị bỏ."),
    "totp_activated": _("Bước xác thực thứ hai vừa được bật."),
    "totp_deactivated": _("Bước xác thực thứ hai vừa bị tắt."),
    "recovery_codes_generated": _("Mã dự phòng vừa được tạo mới, mã cũ không dùng được nữa."),
}


def tell_to_confirm(address: EmailAddress) -> None:
    """A link that confirms the address; after three days, or once it is confirmed, it does nothing."""
    _tell(CONFIRM, {"address": address.pk}, to=address.email, user=address.user)


def tell_to_reset(user: User, *, to: str) -> None:
    """A link to a new password, good for a day and for one change."""
    _tell(RESET, {"user": user.pk}, to=to, user=user)


def tell_of_account(user: User, *, to: str) -> None:
    """Somebody, perhaps the owner, tried to sign up with an address that has an account."""
    _tell(EXISTS, {"user": user.pk}, to=to, user=user)


def tell_of_change(user: User, *, what: str, to: str) -> None:
    """`what` is one of CHANGES; on the account's pages, too, since not everybody has an address."""
    data = {"user": user.pk, "what": what, "at": clock.now().isoformat()}
    _tell(CHANGED, data, to=to, user=user, on_pages=True)


def _tell(kind: str, data: Mapping[str, Any], *, to: str, user: User, on_pages: bool = False) -> None:
    key = f"{kind}:{user.pk}:{secrets.token_hex(8)}"
    post(
        kind=kind,
        key=key,
        data=data,
        to=to,
        user_id=user.pk if on_pages else None,
        language=user.language,
    )


def _confirm(data: Mapping[str, Any]) -> Context | None:
    address = EmailAddress.objects.filter(pk=data["address"], verified=False).first()
    return _linked("account_confirm_email", EmailConfirmationHMAC(address).key) if address else None


def _reset(data: Mapping[str, Any]) -> Context | None:
    user = User.objects.filter(pk=data["user"], is_active=True).first()
    if user is None:
        return None
    key = default_token_generator.make_token(user)
    return _linked("account_reset_password_from_key", user_pk_to_url_str(user), key)


def _exists(data: Mapping[str, Any]) -> Context | None:
    there = User.objects.filter(pk=data["user"], is_active=True).exists()
    return _two_ways() if there else None


def _changed(data: Mapping[str, Any]) -> Context | None:
    if not User.objects.filter(pk=data["user"]).exists():
        return None
    return _change(data["what"], datetime.fromisoformat(data["at"]))


def _change(what: str, at: datetime) -> Context:
    return _linked("accounts:overview") | {"what": CHANGES[what], "at": at}


def _two_ways() -> Context:
    return _linked("account_login") | {"reset": reverse("account_reset_password")}


def _linked(name: str, *args: str) -> Context:
    return {"link": reverse(name, args=args)}


register(
    Kind(
        name=CONFIRM,
        title=_("Xác nhận email"),
        context=_confirm,
        sample=lambda: _linked("account_confirm_email", "MQ:lien-ket-mau"),
    )
)
register(
    Kind(
        name=RESET,
        title=_("Đặt lại mật khẩu"),
        context=_reset,
        sample=lambda: _linked("account_reset_password_from_key", "1", "lien-ket-mau"),
    )
)
register(Kind(name=EXISTS, title=_("Đã có tài khoản"), context=_exists, sample=_two_ways))
register(
    Kind(
        name=CHANGED,
        title=_("Tài khoản vừa thay đổi"),
        context=_changed,
        sample=lambda: _change("password_changed", datetime(2026, 11, 27, 3, tzinfo=UTC)),
    )
)
