from django.utils.translation import gettext_lazy as _
from oscar.apps.communication.apps import CommunicationConfig as OscarCommunicationConfig


class CommunicationConfig(OscarCommunicationConfig):  # type: ignore[misc]
    name = "marketplace.communication"
    verbose_name = _("Thư và thông báo")

    def ready(self) -> None:
        """Every package with something to tell registers its kinds so; Oscar's views are not loaded."""
        from . import messages  # noqa: F401
        from .privacy import register_own

        register_own()
