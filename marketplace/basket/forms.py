"""What arrives from the basket's little forms."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

MOST = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD
NOT_A_NUMBER = _("Số lượng phải là một số nguyên từ 1 đến 999.")


def quantity_field(least: int) -> forms.IntegerField:
    """How many pieces; what is no whole number or too many is said in one sentence."""
    names = ("invalid", "required", "min_value", "max_value")
    return forms.IntegerField(
        min_value=least, max_value=MOST, error_messages=dict.fromkeys(names, NOT_A_NUMBER)
    )


class AddForm(forms.Form):
    """From a product page: which one, how many."""

    san_pham = forms.IntegerField(min_value=1, max_value=2**62)
    so_luong = quantity_field(least=1)


class QuantityForm(forms.Form):
    """From a line of the basket; 0 removes the line."""

    so_luong = quantity_field(least=0)
