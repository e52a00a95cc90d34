"""What visitors searched for, counted by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchLog(models.Model):
    """How often a text found nothing, or nothing with all its words, by day; `total` is how many the page showed.

    Nothing in it points at a person.
    """

    day = models.DateField(_("Ngày"))
    text = models.CharField(_("Đã tìm"), max_length=100)
    times = models.PositiveIntegerField(_("Số lần"), default=1)
    total = models.PositiveIntegerField(_("Số kết quả"), default=0)

    class Meta:
        verbose_name = _("Tìm không ra")
        verbose_name_plural = _("Tìm không ra")
        ordering = ["-day", "-times", "text"]
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="search_log_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.text} ({self.times})"
