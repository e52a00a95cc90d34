from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProducersConfig(AppConfig):
    name = "producers"
    label = "producers"
    verbose_name = _("Nhà sản xuất")

    def ready(self) -> None:
        """Register what producers' rows know of a person."""
        from .privacy import register_own

        register_own()
