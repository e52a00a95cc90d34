"""What staff edit about searching: synonyms, stop words, products put in front, and queries with what they must find.

Synonyms and stop words that come with the shop are rows too (search/tuning/shipped.py), so that staff see and change
all of them in one place.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from producers.models import FormerProvince, Province, Region
from search.judging import LEADING, Judged, former
from search.knowledge import MOST_PROMOTED
from search.result import Promotion
from search.text.lexicon import MAX_PHRASE, Alike
from search.text.tokens import tokenise

MOST_TEXT = 200


def phrases(text: str) -> tuple[str, ...]:
    """Phrases that stand between commas or on lines of their own."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def validate_phrases(text: str) -> None:
    for phrase in phrases(text):
        size = len(tokenise(phrase))
        if not size:
            raise ValidationError(_("“%(phrase)s” không có chữ nào."), params={"phrase": phrase})
        if size > MAX_PHRASE:
            raise ValidationError(
                _("“%(phrase)s” dài quá: nhiều nhất %(most)s tiếng."),
                params={"phrase": phrase, "most": MAX_PHRASE},
            )


def validate_words(text: str) -> None:
    if not tokenise(text):
        raise ValidationError(_("“%(phrase)s” không có chữ nào."), params={"phrase": text})


class Shipped(models.Model):
    """A row that may have come with the shop: `key` names it there, `edited` keeps it as staff left it."""

    active = models.BooleanField(_("Đang dùng"), default=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    key = models.CharField(max_length=300, unique=True, null=True, editable=False)
    edited = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edited = self.key is not None
        super().save(*args, **kwargs)

    @property
    def is_shipped(self) -> bool:
        return self.key is not None


class Synonym(Shipped):
    """Words that stand for each other, or with `targets` only one way."""

    words = models.CharField(
        _("Các từ"),
        max_length=500,
        validators=[validate_phrases],
        help_text=_("Cách nhau bằng dấu phẩy. Tìm một từ thì thấy cả những từ kia."),
    )
    targets = models.CharField(
        _("Chỉ một chiều: tìm thêm"),
        max_length=500,
        blank=True,
        validators=[validate_phrases],
        help_text=_("Nếu điền ô này: tìm từ ở ô trên thì thấy thêm từ ở ô này, ngược lại thì không."),
    )
    weight = models.DecimalField(
        _("Độ gần nghĩa"),
        max_digits=3,
        decimal_places=2,
        default="0.85",
        validators=[MinValueValidator(0.05), MaxValueValidator(1)],
        help_text=_("1 là cùng nghĩa; số càng nhỏ, sản phẩm mang từ kia càng đứng sau."),
    )
    not_before = models.CharField(
        _("Trừ khi đứng trước"),
        max_length=500,
        blank=True,
        validators=[validate_phrases],
        help_text=_("“chè” trước “lam” không phải là trà."),
    )
    not_after = models.CharField(
        _("Trừ khi đứng sau"), max_length=500, blank=True, validators=[validate_phrases]
    )
    unmarked = models.BooleanField(_("Hiểu cả khi gõ không dấu"), default=True)

    class Meta:
        verbose_name = _("Từ cùng nghĩa")
        verbose_name_plural = _("Từ cùng nghĩa")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return f"{self.words} → {self.targets}" if self.targets else self.words

    def clean(self) -> None:
        if not self.targets and len(phrases(self.words)) < 2:
            raise ValidationError({"words": _("Cần ít nhất hai từ, cách nhau bằng dấu phẩy.")})

    @property
    def alike(self) -> Alike:
        return Alike(
            words=phrases(self.words),
            targets=phrases(self.targets),
            weight=float(self.weight),
            not_before=phrases(self.not_before),
            not_after=phrases(self.not_after),
            unmarked=self.unmarked,
        )


class StopWord(Shipped):
    """A word that tells nothing apart in this shop: it need not be found where other words remain."""

    word = models.CharField(_("Từ bỏ qua"), max_length=100, validators=[validate_phrases])
    unmarked = models.BooleanField(_("Bỏ qua cả khi gõ không dấu"), default=False)

    class Meta:
        verbose_name = _("Từ bỏ qua")
        verbose_name_plural = _("Từ bỏ qua")
        ordering = ["word", "pk"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        if len(phrases(self.word)) > 1:
            raise ValidationError({"word": _("Mỗi mục chỉ một từ, không có dấu phẩy.")})


class PromotedResult(models.Model):
    """A product in front of the results of one text, labelled as such. Never for money."""

    text = models.CharField(_("Khi khách tìm"), max_length=MOST_TEXT, validators=[validate_words])
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("Sản phẩm")
    )
    position = models.PositiveSmallIntegerField(
        _("Vị trí"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PROMOTED)],
        help_text=format_lazy(_("Từ 1 đến {most}."), most=MOST_PROMOTED),
    )
    first_day = models.DateField(_("Từ ngày"), null=True, blank=True)
    last_day = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    reason = models.CharField(
        _("Lý do"), max_length=300, help_text=_("Vì sao sản phẩm này đứng trước; khách đọc được.")
    )

    class Meta:
        verbose_name = _("Kết quả được chọn")
        verbose_name_plural = _("Kết quả được chọn")
        ordering = ["text", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "product"],
                name="promoted_once",
                violation_error_message=_("Sản phẩm này đã được chọn cho câu tìm này."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("Ngày cuối đứng trước ngày đầu.")})

    @property
    def promotion(self) -> Promotion:
        return Promotion(
            self.text, self.product_id, self.position, self.reason, self.first_day, self.last_day
        )


class JudgedQuery(models.Model):
    """A query with what it must find; the parts left empty demand nothing."""

    text = models.CharField(_("Câu tìm"), max_length=MOST_TEXT)
    category = models.CharField(_("Loại"), max_length=40, blank=True)
    expected = models.TextField(
        _("Phải tìm ra ngay"),
        blank=True,
        help_text=_("Tên sản phẩm hoặc một phần của tên, mỗi dòng một tên; chỉ cần một tên được tìm ra."),
    )
    top = models.PositiveSmallIntegerField(
        _("Trong bao nhiêu kết quả đầu"), default=LEADING, validators=[MinValueValidator(1)]
    )
    anywhere = models.TextField(
        _("Phải có, đứng đâu cũng được"), blank=True, help_text=_("Tên sản phẩm, mỗi dòng một tên.")
    )
    not_above = models.TextField(
        _("Không được đứng trên"), blank=True, help_text=_("Tên sản phẩm, mỗi dòng một tên.")
    )
    places = models.TextField(
        _("Nơi sản xuất"),
        blank=True,
        help_text=_(
            "Mười kết quả đầu đều phải từ một trong những tỉnh này; mỗi dòng một tên, tỉnh cũ ghi thêm “(cũ)”."
        ),
    )
    star = models.PositiveSmallIntegerField(
        _("Số sao"), null=True, blank=True, validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    price_from = models.PositiveIntegerField(_("Giá từ (đồng)"), null=True, blank=True)
    price_to = models.PositiveIntegerField(_("Giá đến (đồng)"), null=True, blank=True)
    adult = models.BooleanField(_("Khách đã đủ 18 tuổi"), default=False)
    nothing = models.BooleanField(_("Không được tìm ra gì"), default=False)

    class Meta:
        verbose_name = _("Câu kiểm")
        verbose_name_plural = _("Câu kiểm")
        ordering = ["text", "pk"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if not self.demands_something:
            raise ValidationError(_("Hãy cho biết câu này phải tìm ra gì."))
        if self.not_above.strip() and not self._named:
            raise ValidationError({"not_above": _("Hãy điền cả tên phải đứng trên.")})
        unknown = sorted(set(lines(self.places)) - _place_names())
        if unknown:
            raise ValidationError({"places": _("Không có nơi nào tên “%(name)s”.") % {"name": unknown[0]}})

    @property
    def _named(self) -> str:
        return self.expected.strip() or self.anywhere.strip()

    @property
    def demands_something(self) -> bool:
        demands = (self._named, self.places.strip(), self.star, self.price_from, self.price_to, self.nothing)
        return any(demands)

    @property
    def judged(self) -> Judged:
        return Judged(
            text=self.text,
            expected=lines(self.expected),
            top=self.top,
            anywhere=lines(self.anywhere),
            not_above=lines(self.not_above),
            places=frozenset(lines(self.places)),
            star=self.star,
            price_from=self.price_from,
            price_to=self.price_to,
            adult=self.adult,
            nothing=self.nothing,
        )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _place_names() -> set[str]:
    """All that may stand in `places`: provinces, former ones marked as such, codes of regions."""
    names = set(Province.objects.values_list("name", flat=True))
    names |= {former(name) for name in FormerProvince.objects.values_list("name", flat=True)}
    return names | set(Region.objects.values_list("code", flat=True))
