"""Whether a product may be bought, and how much of it. Oscar's policies, saying why in the shop's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from oscar.apps.partner import availability as oscar


class Unavailable(oscar.Unavailable):  # type: ignore[misc]
    """Nobody can buy it here, whatever its stock."""

    message = _("Sản phẩm này không còn bán.")
    num_available = 0

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return False, str(self.message)


class StockRequired(oscar.StockRequired):  # type: ignore[misc]
    """As many pieces as are left and not promised to an order."""

    num_available: int

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        if self.num_available <= 0:
            return False, str(_("Sản phẩm này tạm hết hàng."))
        if quantity > self.num_available:
            words = ngettext("Kho chỉ còn %(left)d.", "Kho chỉ còn %(left)d.", self.num_available)
            return False, words % {"left": self.num_available}
        return True, ""
