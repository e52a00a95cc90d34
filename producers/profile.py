"""What the public may know of a producer: where it is, and how to reach it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Producer, ProducerForm

#: A household's telephone and e-mail are a person's own; its certificate does not publish them.
HOUSEHOLDS = {ProducerForm.BUSINESS_HOUSEHOLD, ProducerForm.PRODUCING_HOUSEHOLD}


@dataclass(frozen=True)
class Contact:
    """Public ways to reach a producer; empty where there is none."""

    phone: str = ""
    email: str = ""
    website: str = ""


def public_contact(producer: Producer) -> Contact:
    """Of a household only its website."""
    if producer.form in HOUSEHOLDS:
        return Contact(website=producer.website)
    return Contact(phone=producer.phone, email=producer.email, website=producer.website)


def whereabouts(producer: Producer) -> str:
    """ "Xã Thông Nguyên, Tuyên Quang (trước là Hà Giang)"; needs commune, province and former province."""
    today = producer.province.display_name
    if producer.commune:
        today = f"{producer.commune.full_name}, {today}"
    former = producer.former_province
    if former is None or former.name == producer.province.name:
        return today
    return _("%(today)s (trước là %(former)s)") % {"today": today, "former": former.name}
