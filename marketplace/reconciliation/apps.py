from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    name = "marketplace.reconciliation"
    label = "reconciliation"
    verbose_name = _("Đối soát")

    def ready(self) -> None:
        """What payments ask is heard."""
        from . import receivers  # noqa: F401
