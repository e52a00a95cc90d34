"""Makes a producer and the Oscar partner behind it, both or neither."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from .models import FormerProvince, Producer, ProducerForm, Province
from .places import fold


def slug_of(name: str) -> str:
    """The address of a producer of this name; the list of producers looks names up in it."""
    return slugify(fold(name))[:140] or "nha-san-xuat"


@transaction.atomic
def register_producer(
    *,
    name: str,
    code: str,
    form: ProducerForm,
    province: Province,
    former_province: FormerProvince | None = None,
    **details: Any,
) -> Producer:
    """Create partner and producer with one key.

    `code` is unique among partners (IntegrityError else); `details` are further fields of Producer.
    Raises ValueError when the former province does not belong to the province.
    """
    if former_province and former_province.province_id != province.pk:
        raise ValueError(f"{former_province} is not part of {province}")
    partner = get_model("partner", "Partner").objects.create(name=name, code=code)
    return Producer.objects.create(
        partner=partner,
        slug=slug_of(name),
        form=form,
        province=province,
        former_province=former_province,
        **details,
    )
