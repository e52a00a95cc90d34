"""What differs from allauth: people have phone numbers, errors give nothing away, mails go the shop's way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.look.templatetags.look import path

from . import messages
from .fields import PhoneField
from .identities import drop_waiting_address
from .models import User
from .second_factor import has_factor, is_staff

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

    def set_password(self, user: User, password: str) -> None:
        """Another password, whether it was changed or reset."""
        super().set_password(user, password)
        drop_waiting_address(user)

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

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Staff without a second factor are led to making one; /admin/ stays closed until then."""
        if is_staff(user) and not has_factor(user):
            kwargs["redirect_url"] = reverse("mfa_activate_totp")
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Who has a second factor shows it again, since a password alone could remove it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] == "mfa_reauthenticate"] or methods

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        messages.tell_to_confirm(emailconfirmation.email_address)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        messages.tell_to_reset(user, to=email)

    def send_account_already_exists_mail(self, email: str) -> None:
        for user in User.objects.filter(email__iexact=email):
            messages.tell_of_account(user, to=email)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        to = email or EmailAddress.objects.get_primary_email(user) or ""
        messages.tell_of_change(user, what=template_prefix.rpartition("/")[2], to=to)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail has its own way above. One that a newer allauth adds must not leave past the outbox: it fails
        loudly until it has a way too."""
        raise NotImplementedError(template_prefix)
