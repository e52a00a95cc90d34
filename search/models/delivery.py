"""What has yet to reach Elasticsearch, and the index that is being made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace import clock


class Waiting(models.Model):
    """A product whose change has to reach Elasticsearch. One row a product, gone when its number is delivered.

    `refused` holds the reason why Elasticsearch will not take the document; such a row waits for staff, or for the
    product's next change.
    """

    product_id = models.BigIntegerField(_("Sản phẩm"), primary_key=True)
    number = models.BigIntegerField(_("Số lần thay đổi"))
    since = models.DateTimeField(_("Chờ từ lúc"), default=clock.now)
    due_at = models.DateTimeField(_("Gửi từ lúc"), default=clock.now)
    attempts = models.PositiveIntegerField(_("Số lần thử"), default=0)
    refused = models.TextField(_("Lý do bị từ chối"), blank=True)

    class Meta:
        verbose_name = _("Thay đổi chờ gửi")
        verbose_name_plural = _("Thay đổi chờ gửi")
        ordering = ["since", "product_id"]
        indexes = [models.Index(fields=["due_at", "product_id"], name="waiting_due")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.number}"


class Rebuild(models.Model):
    """The one index that is being made, so that changes are delivered there too; `seen_at` is its maker's last sign."""

    name = models.CharField(max_length=200, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
