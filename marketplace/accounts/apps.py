from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        """Register what this package tells people, and what it knows of them."""
        from .privacy import messages  # noqa: F401
        from .privacy.own import register_own

        register_own()
