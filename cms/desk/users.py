"""Accounts in staff's admin: an e-mail address, a phone number, or both."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from marketplace import clock
from marketplace.accounts.identities import drop_waiting_address
from marketplace.accounts.models import User
from marketplace.accounts.privacy.erasing import CannotErase, erase_at_once

PHONE_HELP = _("Dạng quốc tế, như +84912345678.")


class AccountFields(forms.Form):
    """Either of e-mail and phone is enough; names are wanted, not required."""

    email = forms.EmailField(label=_("Email"), required=False)
    phone = forms.RegexField(
        r"^\+[1-9]\d{7,14}$",
        label=_("Số điện thoại"),
        required=False,
        help_text=PHONE_HELP,
        error_messages={"invalid": _("Số điện thoại phải ở dạng quốc tế, như +84912345678.")},
    )
    first_name = forms.CharField(label=_("Tên"), required=False)
    last_name = forms.CharField(label=_("Họ và tên đệm"), required=False)

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"] or None

    def clean_phone(self) -> str | None:
        return self.cleaned_data["phone"] or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("phone") and not self.errors:
            raise forms.ValidationError(_("Mỗi tài khoản cần email hoặc số điện thoại."))
        return cleaned


class ShopUserCreationForm(AccountFields, UserCreationForm):  # type: ignore[misc]
    class Meta(UserCreationForm.Meta):  # type: ignore[misc]
        fields = UserCreationForm.Meta.fields | {"phone"}


class ShopUserEditForm(AccountFields, UserEditForm):  # type: ignore[misc]
    class Meta(UserEditForm.Meta):  # type: ignore[misc]
        fields = UserEditForm.Meta.fields | {"phone"}

    def save(self, commit: bool = True) -> User:
        """Another number or address is unconfirmed; the old address opens the account no more."""
        if "phone" in self.changed_data:
            self.instance.phone_confirmed_at = None
        user: User = super().save(commit)
        if "email" in self.changed_data:
            EmailAddress.objects.filter(user=user).exclude(email=(user.email or "").lower()).delete()
        if self.cleaned_data.get("password1"):
            drop_waiting_address(user)
        return user


def erase_instead(request: HttpRequest, users: Iterable[User]) -> HttpResponse:
    """What Wagtail would delete, the shop's way: with everything that is known of the person, or not at all."""
    for user in users:
        name = str(user)
        try:
            erase_at_once(user=user, actor=request.user, moment=clock.now())
        except CannotErase as error:
            messages.error(request, f"{name}: {error}")
        else:
            messages.success(request, _("Đã xóa tài khoản %(name)s.") % {"name": name})
    return redirect("wagtailusers_users:index")


class ShopUserViewSet(UserViewSet):  # type: ignore[misc]
    template_prefix = "cms/desk/users/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        return ShopUserEditForm if for_update else ShopUserCreationForm
