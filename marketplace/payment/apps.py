from django.utils.translation import gettext_lazy as _

from marketplace.oscar_shop import Quiet


class PaymentConfig(Quiet):
    name = "marketplace.payment"
    label = "payment"
    verbose_name = _("Thanh toán")

    def ready(self) -> None:
        """What is told is registered, and delivered parcels are heard of; Oscar's views are not used."""
        from . import door, messages  # noqa: F401
