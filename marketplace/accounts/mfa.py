"""The second factor in the shop's words."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from .forms import dress

CODE_HINT = _("6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.")
FIRST_CODE_HINT = _("6 chữ số mà ứng dụng hiện ra sau khi quét.")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã chưa đúng. Bạn xem lại mã mới nhất trong ứng dụng."),
        "cannot_delete_authenticator": _("Chưa tắt được bước xác thực thứ hai."),
        "cannot_generate_recovery_codes": _("Bạn bật bước xác thực thứ hai trước đã."),
    }


class AuthenticateForm(base.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, CODE_HINT)


class ReauthenticateForm(base.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, CODE_HINT)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, FIRST_CODE_HINT)


def _dress(form: Any, hint: Any) -> None:
    """Recovery codes have letters' room, too, so that the field takes more than digits."""
    dress(form, {"code": _("Mã xác thực")}, {"code": hint})
    form.fields["code"].max_length = 40
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "none", "maxlength": "40"}
