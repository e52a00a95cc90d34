"""Writes an order's rows: Oscar's creator, with consignments and parcels in its hooks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from oscar.apps.order.utils import OrderCreator as OscarOrderCreator
from oscar.core.loading import get_model

from marketplace.basket.summary import Group, Summary
from marketplace.shipping.models import Way

from .models import Consignment, Line, Order, Parcel, ParcelItem

LinePrice = get_model("order", "LinePrice")
LineDiscount = get_model("order", "OrderLineDiscount")


class OrderCreator(OscarOrderCreator):  # type: ignore[misc]
    """For one summary. Stock is taken by the placement before, for all lines at once."""

    def __init__(
        self, *, summary: Summary, notes: Mapping[int, str], gifts: Mapping[int, str], moment: datetime
    ) -> None:
        self.summary = summary
        self.notes = notes
        self.gifts = gifts
        self.moment = moment
        self.consignments: dict[int, Consignment] = {}
        self.parcels: dict[int, Parcel] = {}
        self.ordered = {item.line.pk: item for item in summary.items}
        self.given: dict[int, Any] = {}
        self.lines: list[Line] = []
        self.prices: list[Any] = []
        self.discounts: list[Any] = []
        self.items: list[ParcelItem] = []

    def create_order_model(self, *args: Any, **kwargs: Any) -> Order:
        order: Order = super().create_order_model(*args, **kwargs)
        rows = [self._consignment(order, group, at) for at, group in enumerate(self.summary.groups, start=1)]
        for consignment in Consignment.objects.bulk_create(rows):
            self.consignments[consignment.partner_id] = consignment
        parcels = [Parcel(consignment=row, state_since=self.moment) for row in self.consignments.values()]
        for parcel in Parcel.objects.bulk_create(parcels):
            self.parcels[parcel.consignment_id] = parcel
        return order

    def create_line_models(
        self, order: Order, basket_line: Any, extra_line_fields: dict[str, Any] | None = None
    ) -> Line:
        """Collected, with all that hangs on it, to be written in one statement each."""
        line = self._line(order, basket_line)
        self.lines.append(line)
        parcel, amount = self.parcels[line.consignment_id], line.line_price_incl_tax
        self.items.append(ParcelItem(parcel=parcel, line=line, quantity=line.quantity, amount=amount))
        self.create_line_price_models(order, line, basket_line)
        self.create_line_discount_models(order, line, basket_line)
        return line

    def create_line_price_models(self, order: Order, order_line: Line, basket_line: Any) -> None:
        for price_incl_tax, price_excl_tax, quantity in basket_line.get_price_breakdown():
            price = LinePrice(
                order=order,
                line=order_line,
                quantity=quantity,
                price_incl_tax=price_incl_tax,
                price_excl_tax=price_excl_tax,
            )
            self.prices.append(price)

    def create_discount_model(self, order: Order, discount: Any) -> None:
        super().create_discount_model(order, discount)
        self.given = {made.offer_id: made for made in order.discounts.order_by("-pk")}

    def create_line_discount_models(self, order: Order, order_line: Line, basket_line: Any) -> None:
        for discount in basket_line.discounts:
            made = self.given.get(discount.offer.pk) if discount.offer else None
            if made:
                part = LineDiscount(line=order_line, order_discount=made, amount=discount.amount)
                part.is_incl_tax = discount.incl_tax
                self.discounts.append(part)

    def update_stock_records(self, line: Any) -> None:
        """Stock is taken already. Asked once every line is there, so the first time what was collected is written:
        before Oscar says that the order is placed, and whoever hears of it looks."""
        for rows in (self.lines, self.prices, self.discounts, self.items):
            if rows:
                type(rows[0]).objects.bulk_create(rows)
                rows.clear()

    def _line(self, order: Order, basket_line: Any) -> Line:
        """As Oscar writes it, with title and size as they are now."""
        product, record, item = basket_line.product, basket_line.stockrecord, self.ordered[basket_line.pk]
        return Line(
            order=order,
            consignment=self.consignments[record.partner_id],
            partner=record.partner,
            partner_name=record.partner.name,
            partner_sku=record.partner_sku,
            stockrecord=record,
            product=product,
            title=item.title,
            size=item.size[:64],
            upc=product.upc,
            quantity=basket_line.quantity,
            num_allocated=basket_line.quantity,
            line_price_excl_tax=basket_line.line_price_excl_tax_incl_discounts,
            line_price_incl_tax=basket_line.line_price_incl_tax_incl_discounts,
            line_price_before_discounts_excl_tax=basket_line.line_price_excl_tax,
            line_price_before_discounts_incl_tax=basket_line.line_price_incl_tax,
            unit_price_incl_tax=basket_line.unit_price_incl_tax,
            unit_price_excl_tax=basket_line.unit_price_excl_tax,
            tax_code=basket_line.tax_code,
            status=settings.OSCAR_INITIAL_LINE_STATUS,
        )

    def _consignment(self, order: Order, group: Group, at: int) -> Consignment:
        quote = group.quote
        assert quote is not None
        assert quote.first_day is not None
        assert quote.last_day is not None
        fetched = group.way == Way.PICKUP
        return Consignment(
            order=order,
            partner_id=group.producer.pk,
            number=f"{order.number}-{at}",
            goods_total=group.goods,
            shipping_charge=quote.charge,
            total=group.goods + quote.charge,
            way=group.way,
            zone=quote.zone or "",
            weight_g=group.parcel.weight_g,
            charged_weight_g=quote.charged_weight_g,
            deliver_from=quote.first_day,
            deliver_to=quote.last_day,
            pickup_address=group.terms.pickup_address if fetched else "",
            pickup_hours=group.terms.pickup_hours if fetched else "",
            has_alcohol=any(item.is_alcohol for item in group.items),
            note=self.notes.get(group.producer.pk, ""),
            gift_message=self.gifts.get(group.producer.pk, ""),
        )
