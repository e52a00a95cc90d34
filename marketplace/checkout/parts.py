"""What the buyer says to each producer: how the goods come, a note, words for a card in the parcel."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.basket.summary import Group
from marketplace.shipping.models import Way

WAY, NOTE, GIFT = "cach_", "ghi_chu_", "loi_chuc_"
LONGEST_NOTE, LONGEST_GIFT = 500, 300
_key = re.compile(r"[0-9]{1,18}")


def ways_of(data: Mapping[str, Any]) -> dict[int, Way]:
    """The ways chosen in a form, by producer's key; what is none of ours is left out."""
    return {key: Way(value) for key, value in _keyed(data, WAY).items() if value in Way.values}


def producers_of(data: Mapping[str, Any]) -> set[int]:
    """The producers that a form was made for."""
    return set(_keyed(data, NOTE))


def _keyed(data: Mapping[str, Any], prefix: str) -> dict[int, Any]:
    """Values by the key in their names; a name with something else behind the prefix is nobody's."""
    found = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
    return {int(key): value for key, value in found.items() if _key.fullmatch(key)}


def fields_for(group: Group) -> dict[str, forms.Field]:
    """The fields of one producer, by name."""
    key = group.producer.pk
    fields: dict[str, forms.Field] = {
        f"{NOTE}{key}": _words(_("Lời nhắn cho nhà sản xuất"), LONGEST_NOTE),
        f"{GIFT}{key}": _words(
            _("Lời chúc kèm quà"), LONGEST_GIFT, _("Nhà sản xuất in hoặc chép vào thiệp đặt trong kiện.")
        ),
    }
    if len(group.ways) > 1:
        fields[f"{WAY}{key}"] = _choice(group)
    return fields


def said(data: Mapping[str, Any], prefix: str, read: Callable[[str], Any] = str) -> dict[int, Any]:
    """What a valid form holds for each producer under this prefix, without what is empty."""
    chosen = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
    return {int(key): read(value) for key, value in chosen.items() if value}


def _words(label: Any, longest: int, hint: Any = "") -> forms.CharField:
    too_long = _("Bạn viết dài quá, tối đa %(limit_value)d ký tự.")
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        help_text=hint,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": too_long},
    )


def _choice(group: Group) -> forms.ChoiceField:
    gone = _("Cách nhận này không còn nữa, bạn chọn lại nhé.")
    return forms.ChoiceField(
        label=_("Cách nhận"),
        choices=[(way.value, way.label) for way in group.ways],
        required=False,
        initial=group.way.value,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gone},
    )
