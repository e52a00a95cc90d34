"""In which ways one order can be paid, and which of them its page begins with."""

from dataclasses import dataclass, field

from marketplace.order.models import Order

from .methods import NAMES, offered, refusal
from .models import Method


@dataclass(frozen=True)
class Ways:
    """`first` is what was chosen last, else the first on offer; None where there is none. `reasons` say why not."""

    open: list[Method] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    first: Method | None = None

    def beside(self, method: Method) -> list[tuple[str, str]]:
        """The others, as value and name."""
        return [(one.value, str(NAMES[one])) for one in self.open if one != method]


def ways_of(order: Order) -> Ways:
    """As configured, within each way's limits for what is owed now."""
    refused = {method: refusal(method, order.owed) for method in offered()}
    open_ones = [method for method, reason in refused.items() if not reason]
    last = order.payments.values_list("method", flat=True).first()
    first = next((method for method in open_ones if method == last), open_ones[0] if open_ones else None)
    return Ways(open_ones, [reason for reason in refused.values() if reason], first)
