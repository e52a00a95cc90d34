"""Why something that was said in public may be reported, and hidden. Fixed lists; what is not on them stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """What a reader reports and staff decide by. That a review is negative is no reason."""

    PRIVATE = "private", _("lộ thông tin riêng của người khác")
    INSULT = "insult", _("xúc phạm, thô tục")
    UNLAWFUL = "unlawful", _("trái pháp luật")
    ADVERT = "advert", _("quảng cáo, lôi kéo mua nơi khác")
    OFF_TOPIC = "off_topic", _("không nói về sản phẩm này")
    FAKE = "fake", _("không phải trải nghiệm thật")


OF_QUESTIONS = [(reason.value, reason.label) for reason in Reason if reason != Reason.FAKE]
"""Whoever asks tells of no experience that could be made up."""
VOIDS_POINTS = frozenset({Reason.FAKE})
"""Reasons for which the points no longer count either. For all others only words and pictures are hidden: whoever
bought has judged, and hiding words must not be a way to better a rating."""


class Decision(models.TextChoices):
    """What came of a report."""

    KEPT = "kept", _("giữ lại")
    HIDDEN = "hidden", _("đã ẩn")
