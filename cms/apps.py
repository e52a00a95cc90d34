from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Trang nội dung")

    def ready(self) -> None:
        """The kinds of messages that staff send become known, and what Wagtail's log knows of people."""
        from cms.desk.orders import messages  # noqa: F401
        from cms.desk.privacy import register_own

        register_own()
