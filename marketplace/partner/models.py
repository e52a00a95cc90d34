"""Oscar's models of partner; what differs is defined above the import."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from marketplace.writes import TellingQuerySet


class Partner(AbstractPartner):  # type: ignore[misc]
    """Oscar's; a producer extends one."""

    objects = TellingQuerySet.as_manager()

    class Meta(AbstractPartner.Meta):  # type: ignore[misc]
        abstract = False


class StockRecord(AbstractStockRecord):  # type: ignore[misc]
    """Price and stock of one bought product. What is allocated never exceeds what is there.

    Prices are whole đồng: Oscar's column has two decimals, and orders take none.
    """

    objects = TellingQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):  # type: ignore[misc]
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price=Round("price"), price__gte=0),
                name="stockrecord_price_is_whole_dong",
            ),
        ]

    def clean(self) -> None:
        if self.price is not None and (self.price < 0 or self.price != int(self.price)):
            raise ValidationError({"price": _("Giá phải là số nguyên đồng, không âm.")})

    def allocate(self, quantity: int) -> None:
        """Take stock for an order, or raise InsufficientStock and take nothing."""
        from .stock import take_stock

        take_stock(quantities={self.pk: quantity})
        self.refresh_from_db(fields=["num_allocated"])


from oscar.apps.partner.models import *  # noqa: E402, F403
