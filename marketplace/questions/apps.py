from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "marketplace.questions"
    label = "questions"
    verbose_name = _("Hỏi đáp")

    def ready(self) -> None:
        """Let the outbox know what is told."""
        from . import messages  # noqa: F401
        from .privacy import register_own

        register_own()
