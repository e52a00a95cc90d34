"""Changes of quantity on the checkout's page: which ones a form asks for, and what came of them.

A number that stands in the form as the page showed it asks for nothing: if the basket holds another one by now,
somebody changed it in another window, and the buyer is told so instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from marketplace.basket.change import set_quantity
from marketplace.basket.forms import QuantityForm
from marketplace.basket.models import Basket, Line
from marketplace.basket.seen import Seen

QUANTITY, SET, REMOVE, UPDATE = "sl_", "dat", "bo", "cap_nhat"
LONGEST = 24


@dataclass(frozen=True)
class Asked:
    """Texts of quantities by line's key, as they came; `pressed`: by a button, so that the page shall stay."""

    quantities: dict[str, str]
    pressed: bool

    def __bool__(self) -> bool:
        return self.pressed or bool(self.quantities)


@dataclass
class Changed:
    """What is said at lines by their keys, and above them all."""

    at_lines: dict[int, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)


def asked_for(data: Mapping[str, str], *, basket: Basket, seen: Seen) -> Asked:
    """The quantities typed into a form other than its page showed them, and the one that a button sets."""
    lines = {str(line.pk): line for line in basket.all_lines()}
    typed = {}
    for name, text in data.items():
        key = name.removeprefix(QUANTITY)
        if name.startswith(QUANTITY) and key in lines and _is_other(lines[key], text, seen):
            typed[key] = text
    button = _button(data)
    return Asked(typed | button, pressed=bool(button) or UPDATE in data)


def change(*, asked: Asked, basket: Basket) -> Changed:
    """Do what is asked for, line by line; raises basket.change.Ordered when the basket has become an order."""
    lines = {str(line.pk): line for line in basket.all_lines()}
    changed = Changed()
    for key, text in asked.quantities.items():
        if key not in lines:
            changed.above.append(_("Món này không còn trong giỏ của bạn."))
            continue
        _set(lines[key], text, basket, changed)
    return changed


def _set(line: Line, text: str, basket: Basket, changed: Changed) -> None:
    form = QuantityForm({"so_luong": text})
    if not form.is_valid():
        changed.at_lines[line.pk] = str(form.errors["so_luong"][0])
        return
    outcome = set_quantity(basket=basket, line=line, quantity=form.cleaned_data["so_luong"])
    if outcome.line is None:
        changed.above.append(outcome.text)
    elif outcome.adjusted:
        changed.at_lines[line.pk] = outcome.text


def _is_other(line: Line, text: str, seen: Seen) -> bool:
    shown = seen.quantity_of(line.stockrecord_id)
    return text.strip() != str(line.quantity if shown is None else shown)


def _button(data: Mapping[str, str]) -> dict[str, str]:
    """ "12.3" of a button − or + sets line 12 to three pieces; the button that removes names its line."""
    key, _dot, quantity = data.get(SET, "")[:LONGEST].partition(".")
    if key:
        return {key: quantity}
    return {data[REMOVE][:LONGEST]: "0"} if data.get(REMOVE) else {}
