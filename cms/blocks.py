"""The blocks of pages. Their names are stored with the texts: settled here, they are not to be changed lightly.

Blocks that show products carry what is to be drawn in `cards`, which the page fills before it is drawn
(cms/rails.py): all products of a page are read together. A product deleted since is left out.
"""

from typing import Any

from django.apps import apps
from django.db.models import IntegerChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock

from catalogue.models import Category
from cms.choosers import ProductChooserBlock
from cms.frames import Frame, Scene, frame
from producers.models import Province

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"]

LINK_HELP = _("Địa chỉ tiếng Việt trong chợ, như /san-pham/?sao=5; trang tiếng Anh tự thêm /en.")


class LeastStar(IntegerChoices):
    THREE = 3, _("từ 3 sao")
    FOUR = 4, _("từ 4 sao")
    FIVE = 5, _("5 sao")


def province_choices() -> list[tuple[str, str]]:
    """Today's provinces by slug."""
    return [(place.slug, place.display_name) for place in Province.objects.all()]


def category_choices() -> list[tuple[str, str]]:
    """Groups, classes and sets by slug, in the order of the tree."""
    tree = Category.objects.order_by("path").values_list("slug", "name", "depth")
    return [(slug, f"{'– ' * (depth - 1)}{name}") for slug, name, depth in tree]


class StoredChoiceBlock(ChoiceBlock):  # type: ignore[misc]
    """A choice whose options are read from the database for the form only, never to show the page."""

    def to_python(self, value: str | None) -> str:
        return value or ""

    def bulk_to_python(self, values: list[str | None]) -> list[str]:
        return [self.to_python(value) for value in values]


class CardsValue(StructValue):  # type: ignore[misc]
    """A block's value with the cards of its products, filled by the page."""

    cards: list[Any] = []

    @property
    def shown(self) -> list[Any]:
        """A rail's cards; the red tile takes the place of one."""
        return self.cards[:-1] if self.get("tile_title") and len(self.cards) > 4 else self.cards

    @property
    def product_ids(self) -> list[int]:
        """The chosen products that still exist, in order."""
        chosen = self.get("products") or [self.get("product")]
        return [product.pk for product in chosen if product is not None]


class PictureValue(StructValue):  # type: ignore[misc]
    @property
    def frame(self) -> Frame | None:
        return frame(self["picture"])


class StoryValue(StructValue):  # type: ignore[misc]
    @property
    def teaser(self) -> Any:
        """The chosen story while it is live, else the newest of the visitor's language; or None."""
        chosen = self["story"]
        if chosen is not None and chosen.live:
            return chosen
        stories = apps.get_model("cms", "StoryPage").objects.live()
        return (
            stories.filter(locale__language_code=get_language())
            .order_by("-first_published_at", "-pk")
            .first()
        )


class ProductRailBlock(StructBlock):  # type: ignore[misc]
    """Up to five products in a row: chosen ones, or those that a stored query finds at the moment of viewing."""

    title = CharBlock(label=_("Tiêu đề"), max_length=80)
    intro = CharBlock(label=_("Lời dẫn"), max_length=200, required=False)
    products = ListBlock(
        ProductChooserBlock(required=False),
        label=_("Sản phẩm chọn sẵn"),
        default=[],
        max_num=5,
        help_text=_("Để trống thì cửa hàng tự tìm theo các điều kiện dưới đây, mỗi lần có người xem."),
    )
    text = CharBlock(label=_("Chữ trong tên"), max_length=60, required=False)
    province = StoredChoiceBlock(label=_("Tỉnh, thành phố"), choices=province_choices, required=False)
    category = StoredChoiceBlock(label=_("Nhóm sản phẩm"), choices=category_choices, required=False)
    star = ChoiceBlock(label=_("Hạng sao"), choices=LeastStar.choices, required=False)
    more_label = CharBlock(label=_("Chữ của liên kết"), max_length=60, required=False)
    more_link = CharBlock(label=_("Liên kết"), max_length=250, required=False, help_text=LINK_HELP)
    tile_title = CharBlock(label=_("Ô đỏ đầu hàng: tiêu đề"), max_length=40, required=False)
    tile_text = CharBlock(label=_("Ô đỏ đầu hàng: lời"), max_length=160, required=False)
    banded = ChoiceBlock(
        label=_("Nền"), choices=[("plain", _("nền giấy")), ("band", _("nền cát"))], default="plain"
    )

    class Meta:
        label = _("Hàng sản phẩm")
        icon = "list-ul"
        template = "cms/blocks/rail.html"
        value_class = CardsValue


class MapBlock(StructBlock):  # type: ignore[misc]
    """The tile map of the provinces with today's counts."""

    title = CharBlock(label=_("Tiêu đề"), max_length=80)
    intro = CharBlock(label=_("Lời dẫn"), max_length=200, required=False)

    class Meta:
        label = _("Bản đồ tỉnh, thành")
        icon = "site"
        template = "cms/blocks/map.html"


class StarsBlock(StructBlock):  # type: ignore[misc]
    """What the stars mean; the tiers themselves are the shop's words."""

    title = CharBlock(label=_("Tiêu đề"), max_length=80)
    intro = CharBlock(label=_("Lời dẫn"), max_length=400, required=False)

    class Meta:
        label = _("Giải thích sao OCOP")
        icon = "pick"
        template = "cms/blocks/stars.html"


class StoryTeaserBlock(StructBlock):  # type: ignore[misc]
    """The way to one story: the chosen one, or the newest."""

    story = PageChooserBlock(label=_("Câu chuyện"), page_type="cms.StoryPage", required=False)
    label = CharBlock(label=_("Chữ của nút"), max_length=40, required=False)

    class Meta:
        label = _("Giới thiệu câu chuyện")
        icon = "doc-full"
        template = "cms/blocks/story.html"
        value_class = StoryValue


class TrustBlock(StaticBlock):  # type: ignore[misc]
    class Meta:
        label = _("Bốn cam kết")
        icon = "tick-inverse"
        template = "components/trust.html"


class AlertBlock(StructBlock):  # type: ignore[misc]
    """A box that must not be overlooked."""

    kind = ChoiceBlock(
        label=_("Kiểu"),
        choices=[("plain", _("lưu ý")), ("gold", _("quan trọng")), ("bad", _("cảnh báo"))],
        default="plain",
    )
    strong = CharBlock(label=_("Chữ đậm"), max_length=120, required=False)
    text = TextBlock(label=_("Nội dung"))

    class Meta:
        label = _("Khung lưu ý")
        icon = "warning"
        template = "cms/blocks/alert.html"


class FactBlock(StructBlock):  # type: ignore[misc]
    label = CharBlock(label=_("Mục"), max_length=120)
    value = CharBlock(label=_("Nội dung"), max_length=300)


class FactsBlock(StructBlock):  # type: ignore[misc]
    """Terms and values."""

    rows = ListBlock(FactBlock(), label=_("Các dòng"))

    class Meta:
        label = _("Bảng thông tin")
        icon = "table"
        template = "cms/blocks/facts.html"


class QuoteBlock(StructBlock):  # type: ignore[misc]
    text = TextBlock(label=_("Lời nói"))
    who = CharBlock(label=_("Người nói"), max_length=120, required=False)

    class Meta:
        label = _("Lời trích")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class PictureBlock(StructBlock):  # type: ignore[misc]
    """A picture of the story; a drawn landscape where none is chosen."""

    picture = ImageChooserBlock(label=_("Hình ảnh"), required=False)
    scene = ChoiceBlock(label=_("Tranh vẽ sẵn"), choices=Scene.choices, default=Scene.TEA)
    alt = CharBlock(label=_("Lời tả cho người không nhìn thấy"), max_length=200)
    caption = CharBlock(label=_("Chú thích"), max_length=200, required=False)

    class Meta:
        label = _("Hình ảnh")
        icon = "image"
        template = "cms/blocks/picture.html"
        value_class = PictureValue


class ProductBlock(StructBlock):  # type: ignore[misc]
    """One product inside the text."""

    product = ProductChooserBlock(label=_("Sản phẩm"), required=False)

    class Meta:
        label = _("Sản phẩm")
        icon = "tag"
        template = "cms/blocks/product.html"
        value_class = CardsValue


class TextBody(StreamBlock):  # type: ignore[misc]
    """Body of help and legal pages."""

    text = RichTextBlock(label=_("Văn bản"), features=RICH_TEXT, template="cms/blocks/text.html")
    alert = AlertBlock()
    facts = FactsBlock()


class StoryBody(TextBody):
    """Body of a story."""

    quote = QuoteBlock()
    picture = PictureBlock()
    product = ProductBlock()


class HomeBody(StreamBlock):  # type: ignore[misc]
    """Sections of the home page."""

    trust = TrustBlock()
    rail = ProductRailBlock()
    map = MapBlock()
    story = StoryTeaserBlock()
    stars = StarsBlock()
    text = RichTextBlock(label=_("Văn bản"), features=RICH_TEXT, template="cms/blocks/text.html")
