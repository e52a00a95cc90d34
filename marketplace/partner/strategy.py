"""The one place that says what a product costs and whether it can be bought.

The price of a stock record is what the buyer pays: whole đồng, VAT included, so there is no tax to add.
"""

from typing import Any

from oscar.apps.partner import strategy as oscar

from catalogue.models import Product, Sale

from .availability import StockRequired, Unavailable


class OnSaleWithStock:
    """Only public products that are on sale, as long as there is stock."""

    def availability_policy(self, product: Product, stockrecord: Any) -> Unavailable | StockRequired:
        """A child is on sale when its parent is."""
        listed = product.listed
        on_sale = listed.sale == Sale.ON_SALE and listed.is_public and product.is_public
        if not on_sale or stockrecord is None or stockrecord.price is None:
            return Unavailable()
        return StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(self, product: Product, children_stock: list[tuple[Product, Any]]) -> Any:
        """A parent can be bought as long as one of its children can: as many as the best-stocked has."""
        policies = [self.availability_policy(child, record) for child, record in children_stock]
        return max(policies, key=lambda policy: policy.num_available, default=Unavailable())


class Default(oscar.UseFirstStockRecord, OnSaleWithStock, oscar.NoTax, oscar.Structured):  # type: ignore[misc]
    """First stock record, its price as it stands, stock required."""

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """By the line's own stock record, which is loaded with it."""
        return self.fetch_for_product(line.product, stockrecord)


class Selector(oscar.Selector):  # type: ignore[misc]
    """Everyone buys at the same price."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Default:
        return Default(request)
