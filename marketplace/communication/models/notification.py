"""What a signed-in person reads on the pages: Oscar's notification, made of a message of the outbox."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.communication.abstract_models import AbstractNotification

from marketplace import clock

from .message import Message


class Notification(AbstractNotification):  # type: ignore[misc]
    """`subject` is plain text in `language`; `link` a path on the shop, or empty. One message makes one at most."""

    message = models.OneToOneField(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="notification"
    )
    link = models.CharField(_("Liên kết"), max_length=500, blank=True)
    language = models.CharField(_("Ngôn ngữ"), max_length=8, default="vi")
    date_sent = models.DateTimeField(_("Lúc"), default=clock.now)

    class Meta(AbstractNotification.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Thông báo")
        verbose_name_plural = _("Thông báo")
        ordering = ["-date_sent", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
                name="notification_links_into_the_shop",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-date_sent", "-id"], name="notification_inbox"),
            models.Index(
                fields=["recipient"], name="notification_unread", condition=Q(date_read__isnull=True)
            ),
        ]
