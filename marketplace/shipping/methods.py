"""Oscar asks an order for one shipping method; here every producer sends on its own."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping.methods import Base


class PerProducer(Base):  # type: ignore[misc]
    """A name and a code for the order; the charges are those of its consignments."""

    code = "per-producer"
    name = _("Từng nhà sản xuất gửi riêng")
