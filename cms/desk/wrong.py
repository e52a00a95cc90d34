"""A long page that comes back with an error far below says so at its top too."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages


def tell_wrong(request: HttpRequest, *, form: forms.Form, told: str, place: str) -> None:
    """A message: `told`, and all that is wrong in `form`. `place` is the form's address on the page."""
    found = [
        f"{form[name].label}: {text}" if name in form.fields else str(text)
        for name, texts in form.errors.items()
        for text in texts
    ]
    messages.error(request, " ".join([told, *found]), buttons=[messages.button(place, _("Đến chỗ cần sửa"))])
