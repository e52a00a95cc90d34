"""What a heart sends."""

from typing import Any

from django import forms


class HeartForm(forms.Form):
    """`them` puts a product down, `bo` takes it back: the name of the button that was pressed says which."""

    them = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    bo = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    rong = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """`product` and `on`, from the one button."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        wanted, unwanted = data.get("them"), data.get("bo")
        if (wanted is None) == (unwanted is None):
            raise forms.ValidationError("One heart was pressed, not none or two")
        return data | {"product": wanted or unwanted, "on": wanted is not None}

    @property
    def wide(self) -> bool:
        """Whether the heart has its words beside it."""
        return bool(self.cleaned_data["rong"])
