from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "marketplace.work"
    label = "work"
    verbose_name = _("Việc nền")

    def ready(self) -> None:
        """Let every app register its handlers: each has them in a module named `jobs`."""
        autodiscover_modules("jobs")
