"""allauth's forms in the shop's words: one field for e-mail address or phone number."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace import clock

from .consents import ACCOUNT_TERMS, record_consent
from .fields import IdentityError, identity_of
from .models import Source, User
from .origin import ip_of

LONGEST_EMAIL = 254
"""Of the columns; a form's own field would take 320."""

REQUIRED = _("Bạn điền giúp chỗ này nhé.")
PASSWORD_HINT = _("Ít nhất 8 ký tự, có cả chữ; đừng dùng tên hay số điện thoại của bạn.")

_LOGIN_HINT = _("Có email thì bạn tự đặt lại được mật khẩu khi quên.")
_AGREE = _("Bạn cần đồng ý để chúng tôi tạo tài khoản.")
_TAKEN = _(
    "Chưa tạo được tài khoản với số này. Nếu bạn đã có tài khoản, hãy đăng nhập; "
    "nếu quên mật khẩu, hãy nhờ nhân viên của chợ."
)


def login_field(**options: Any) -> forms.CharField:
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=_("Email hoặc số điện thoại"),
        max_length=LONGEST_EMAIL,
        widget=forms.TextInput(attrs),
        error_messages={"required": REQUIRED},
        **options,
    )


def dress(form: forms.Form, labels: dict[str, Any], hints: dict[str, Any] | None = None) -> None:
    """The shop's labels and hints on allauth's fields, without placeholders."""
    form.label_suffix = ""
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.help_text = (hints or {}).get(name, "")
        field.error_messages |= {"required": REQUIRED}
        field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = login_field()
        self.order_fields(["login", "password", "remember"])
        dress(self, {"password": _("Mật khẩu"), "remember": _("Giữ tôi đăng nhập trên máy này")})

    def user_credentials(self) -> dict[str, str]:
        """What cannot be read is looked for as an address, so that it fails with the same words."""
        try:
            found = identity_of(self.cleaned_data["login"])
        except IdentityError:
            found = None
        named = {"phone": found.phone} if found and found.phone else {"email": self.cleaned_data["login"]}
        return named | {"password": self.cleaned_data.get("password", "")}


class SignupForm(allauth.SignupForm):  # type: ignore[misc]
    """Name, e-mail address or phone number, password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["first_name"] = forms.CharField(
            label=_("Họ và tên"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
        )
        self.fields["login"] = login_field()
        self.fields["agreed"] = forms.BooleanField(label=ACCOUNT_TERMS.words)
        self.order_fields(["first_name", "login", "password1", "agreed"])
        hints = {"password1": PASSWORD_HINT, "login": _LOGIN_HINT}
        dress(self, {"password1": _("Mật khẩu")}, hints)
        self.fields["agreed"].error_messages["required"] = _AGREE

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        record_consent(
            text=ACCOUNT_TERMS,
            given=True,
            source=Source.SIGN_UP,
            moment=clock.now(),
            user_id=user.pk,
            ip=ip_of(request),
        )

    def clean_first_name(self) -> str:
        return " ".join(str(self.cleaned_data["first_name"]).split())

    def clean_login(self) -> str:
        """Sets `email` or `phone` beside it. A known address is hidden by allauth; a known number cannot be."""
        try:
            found = identity_of(self.cleaned_data["login"])
        except IdentityError as error:
            raise forms.ValidationError(str(error)) from error
        self.cleaned_data |= {"email": found.email or None, "phone": found.phone or None}
        if found.email:
            self.cleaned_data["email"] = self.validate_unique_email(found.email)
        elif User.objects.filter(phone=found.phone).exists():
            raise forms.ValidationError(_TAKEN)
        return str(self.cleaned_data["login"])


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"password": _("Mật khẩu")})


class ResetForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    """By mail; who has only a number asks the staff, as the page says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": _("Email của tài khoản")})
        self.fields["email"].error_messages |= {
            "invalid": _("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")
        }


class EmailForm(allauth.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": _("Email mới")})
        self.fields["email"].validators.append(MaxLengthValidator(LONGEST_EMAIL))
        self.fields["email"].error_messages |= {
            "invalid": _("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")
        }


class NewPassword(forms.Form):
    """Typed once: it can be shown by the browser, and reset when it was mistyped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        labels = {"oldpassword": _("Mật khẩu hiện tại"), "password1": _("Mật khẩu mới")}
        dress(self, labels, {"password1": PASSWORD_HINT})


class ChangePasswordForm(NewPassword, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(NewPassword, allauth.SetPasswordForm):  # type: ignore[misc]
    pass


class LinkPasswordForm(NewPassword, allauth.SetPasswordForm):  # type: ignore[misc]
    """For whoever holds a link that staff issued; `user` is the account it belongs to."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(user, data)


class ResetKeyForm(NewPassword, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass
