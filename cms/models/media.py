"""Wagtail's images and documents as models of our own, so that they can grow without losing rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class ShopImage(AbstractImage):  # type: ignore[misc]
    """A picture of the pages, with whom it is by."""

    credit = models.CharField(_("Tác giả, nguồn"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        verbose_name = _("Hình ảnh")
        verbose_name_plural = _("Hình ảnh")
        permissions = [("choose_image", "Can choose image")]


class ShopRendition(AbstractRendition):  # type: ignore[misc]
    """One size of a picture."""

    image = models.ForeignKey(ShopImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class ShopDocument(AbstractDocument):  # type: ignore[misc]
    """A document for download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):  # type: ignore[misc]
        verbose_name = _("Tài liệu")
        verbose_name_plural = _("Tài liệu")
        permissions = [("choose_document", "Can choose document")]
