"""What visitors searched for, counted by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchLog(models.Model):
    """How often a text was searched on a day, and how often it found nothing, or nothing with all its words.

    `clicks` are products opened from its results, several after one search if so; `total` is how many results the
    last search showed. Nothing in it points at a person.
    """

    day = models.DateField(_("Ngày"))
    text = models.CharField(_("Đã tìm"), max_length=100)
    times = models.PositiveIntegerField(_("Số lần"), default=1)
    in_vain = models.PositiveIntegerField(_("Tìm không ra"), default=0, db_default=0)
    clicks = models.PositiveIntegerField(_("Lần mở sản phẩm"), default=0, db_default=0)
    total = models.PositiveIntegerField(_("Số kết quả"), default=0)

    class Meta:
        verbose_name = _("Từ đã tìm")
        verbose_name_plural = _("Từ đã tìm")
        ordering = ["-day", "-times", "text"]
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="search_log_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.text} ({self.times})"
