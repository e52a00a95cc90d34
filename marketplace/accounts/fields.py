"""What a person signs in with: an e-mail address or a Vietnamese phone number, typed into one field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .phones import PhoneError, parse_phone


@dataclass(frozen=True)
class Identity:
    """Exactly one of both: a lower-case address, or a number in E.164."""

    email: str = ""
    phone: str = ""


class IdentityError(ValueError):
    """The text is neither; the message says what is wrong with it."""


def identity_of(text: str) -> Identity:
    """ "An@Example.vn" → email, "091 234 5678" → phone "+84912345678". Raises IdentityError."""
    text = text.strip()
    try:
        if "@" not in text:
            return Identity(phone=parse_phone(text))
        validate_email(text)
    except PhoneError as error:
        if any(letter.isalpha() for letter in text):
            raise IdentityError(_("Bạn nhập email (như ten@example.vn) hoặc số điện thoại.")) from error
        raise IdentityError(str(error)) from error
    except ValidationError as error:
        raise IdentityError(_("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")) from error
    return Identity(email=text.lower())


class PhoneField(forms.CharField):
    """Reads a Vietnamese number as people write it; cleaned to E.164, empty to an empty string."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "tel", "type": "tel", "inputmode": "tel"}
        super().__init__(**{"max_length": 40, "widget": forms.TextInput(attrs), **options})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_phone(text)
        except PhoneError as error:
            raise ValidationError(str(error)) from error
