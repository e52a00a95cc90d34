"""What differs from allauth: people have phone numbers, errors give nothing away, mails go the shop's way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.look.templatetags.look import path

from .fields import PhoneField
from .models import User

WRONG = _("Email, số điện thoại hoặc mật khẩu chưa đúng.")


def _locked() -> str:
    """How long a limit lasts at most."""
    words = gettext("Bạn đã thử quá nhiều lần. Bạn chờ %(minutes)d phút rồi thử lại nhé.")
    return words % {"minutes": settings.LOCKOUT_MINUTES}


LOCKED = lazy(_locked, str)()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "email_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
        "duplicate_email": _("Đây đã là email của tài khoản này."),
        "email_taken": _("Chưa đổi được sang địa chỉ này. Bạn thử một địa chỉ khác."),
        "max_email_addresses": _("Tài khoản chỉ có một email; bạn bỏ email đang chờ xác nhận trước đã."),
        "same_as_current": _("Bạn nhập giá trị khác với hiện tại."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "incorrect_code": _("Mã chưa đúng. Bạn xem lại mã mới nhất trong ứng dụng."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn dùng được."),
    }

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """With the phone number from the start (one of both must be there), and the language of the page."""
        user.phone = form.cleaned_data.get("phone") or None
        user.language = get_language() or settings.LANGUAGE_CODE
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "marketplace.accounts.stages.ConfirmedEmail"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return path("/")

    def phone_form_field(self, **options: Any) -> PhoneField:
        return PhoneField(**options)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_confirmed_at is not None) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Attempts are counted by address or number; allauth would count all numbers as one."""
        return str(credentials.get("email") or credentials.get("phone") or "").lower()
