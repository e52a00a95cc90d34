from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        """Register what the account tells people, what is checked, and what is known of a person."""
        from . import checks, messages  # noqa: F401
        from .privacy import messages as privacy_messages  # noqa: F401
        from .privacy.own import register_own

        register_own()
