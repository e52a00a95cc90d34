"""What was done with a review or a question, in words."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from marketplace.audit.models import Entry

ACTIONS: dict[str, Any] = {
    "review.reply": _("Trả lời"),
    "review.kept": _("Giữ lại"),
    "review.hidden": _("Ẩn"),
    "review.shown_again": _("Cho hiện lại"),
    "question.answer": _("Trả lời"),
    "question.decline": _("Không đăng, không trả lời"),
    "question.kept": _("Giữ lại"),
    "question.hidden": _("Ẩn"),
    "question.shown_again": _("Cho hiện lại"),
}


def history(target: Any) -> list[tuple[Entry, Any]]:
    """Each entry of the record with what it means."""
    kind = ContentType.objects.get_for_model(target)
    entries = Entry.objects.filter(content_type=kind, object_id=str(target.pk))
    rows = entries.select_related("actor", "acting_for")
    return [(entry, ACTIONS.get(entry.action, entry.action)) for entry in rows]
