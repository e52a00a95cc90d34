"""Name, phone number and language, changed by their owner."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .fields import PhoneField
from .forms import REQUIRED
from .messages import tell_of_change
from .models import User
from .phones import national


class ProfileForm(forms.ModelForm[User]):
    """A changed number is unconfirmed again, and told of; it may be left empty by whoever has an e-mail address."""

    first_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": REQUIRED},
    )
    phone = PhoneField(label=_("Số điện thoại"), required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ của thư và thông báo"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("first_name", "phone", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.was = self.instance.phone
        self.initial["first_name"] = self.instance.get_full_name()
        self.initial["phone"] = national(self.was) if self.was else ""

    def clean_first_name(self) -> str:
        return " ".join(str(self.cleaned_data["first_name"]).split())

    def clean_phone(self) -> str | None:
        phone = self.cleaned_data["phone"] or None
        if phone is None and not self.instance.email:
            raise forms.ValidationError(_("Tài khoản chưa có email, nên cần giữ số điện thoại để đăng nhập."))
        if phone and User.objects.filter(phone=phone).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Chưa đổi được sang số này. Bạn thử một số khác."))
        return phone

    @property
    def asks_for_number(self) -> bool:
        """Whether another number is typed than the account has, known to the shop or not."""
        try:
            return bool(self.fields["phone"].clean(self["phone"].value()) != (self.was or ""))
        except forms.ValidationError:
            return True

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        self.instance.last_name = ""
        changed = self.instance.phone != self.was
        if changed:
            self.instance.phone_confirmed_at = None
        user: User = super().save(commit)
        if changed:
            tell_of_change(user, what="phone_changed", to=user.email or "")
        return user


def end_other_sessions(request: HttpRequest) -> None:
    """Sign the user out everywhere but here."""
    user = request.user
    assert isinstance(user, User)
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    update_session_auth_hash(request, user)
