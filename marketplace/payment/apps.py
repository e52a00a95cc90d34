from django.utils.translation import gettext_lazy as _

from marketplace.oscar_shop import Quiet


class PaymentConfig(Quiet):
    name = "marketplace.payment"
    label = "payment"
    verbose_name = _("Thanh toán")

    def ready(self) -> None:
        """What is told is registered, and what orders tell is heard; Oscar's views are not used."""
        from . import door, messages, receivers  # noqa: F401  cash is noted before what is owed back is looked at
        from .privacy import register_own

        register_own()
