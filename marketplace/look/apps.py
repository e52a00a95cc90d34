from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookConfig(AppConfig):
    name = "marketplace.look"
    label = "look"
    verbose_name = _("Trình bày")
