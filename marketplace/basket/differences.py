"""What is other than the buyer saw it: line by line, before and after, in the buyer's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Product
from marketplace.look.figures import dong
from marketplace.shipping.models import Way
from producers.models import Producer

from .seen import Seen, SeenLine, SeenPart

T = TypeVar("T", SeenLine, SeenPart)


@dataclass(frozen=True)
class Difference:
    """`name` is the shop's own word, `title` a name from the catalogue; one of them is empty."""

    before: str
    after: str
    name: str = ""
    title: str = ""


def differences(*, before: Seen, now: Seen) -> list[Difference]:
    """Every line, charge and sum that changed, in the order of the page; what went comes last."""
    if not before.lines:
        return []
    lines = _changed({line.record: line for line in before.lines}, {line.record: line for line in now.lines})
    parts = _changed(
        {part.producer: part for part in before.parts}, {part.producer: part for part in now.parts}
    )
    titles = _titles(key for key, _old, _new in lines)
    names = _names(key for key, _old, _new in parts)
    found = [Difference(_line(old), _line(new), title=titles.get(key, "")) for key, old, new in lines]
    for key, old, new in parts:
        if old and new and old.charge is not None and new.charge is not None:
            found.append(Difference(_part(old), _part(new), title=names.get(key, "")))
    if before.total is not None and now.total is not None and before.total != now.total:
        found.append(Difference(dong(before.total), dong(now.total), name=_("Tổng cộng")))
    return found


def _changed(before: dict[int, T], now: dict[int, T]) -> list[tuple[int, T | None, T | None]]:
    keys = [*now, *(key for key in before if key not in now)]
    return [(key, before.get(key), now.get(key)) for key in keys if before.get(key) != now.get(key)]


def _line(line: SeenLine | None) -> str:
    if line is None:
        return _("không có trong giỏ")
    pieces = ngettext("%(n)d sản phẩm", "%(n)d sản phẩm", line.quantity) % {"n": line.quantity}
    return f"{pieces}, {dong(line.price)}"


def _part(part: SeenPart) -> str:
    if part.way == Way.PICKUP:
        return str(Way.PICKUP.label)
    words = _("phí giao %(charge)s")
    return words % {"charge": dong(part.charge or 0)}


def _titles(records: Iterable[int]) -> dict[int, str]:
    products = Product.objects.annotate(record=F("stockrecords__pk")).filter(record__in=list(records))
    found = products.select_related("parent")
    return {product.record: product.listed.title for product in found}


def _names(producers: Iterable[int]) -> dict[int, str]:
    found = Producer.objects.select_related("partner").filter(pk__in=list(producers))
    return {producer.pk: producer.name for producer in found}
