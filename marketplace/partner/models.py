"""Oscar's models of partner; what differs is defined above the import."""

from oscar.apps.partner.abstract_models import AbstractStockRecord


class StockRecord(AbstractStockRecord):  # type: ignore[misc]
    """Price and stock of one bought product. What is allocated never exceeds what is there."""

    def allocate(self, quantity: int) -> None:
        """Take stock for an order, or raise InsufficientStock and take nothing."""
        from .stock import take_stock

        take_stock(quantities={self.pk: quantity})
        self.refresh_from_db(fields=["num_allocated"])


from oscar.apps.partner.models import *  # noqa: E402, F403
