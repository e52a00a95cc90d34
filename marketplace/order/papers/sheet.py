"""A sheet of A4 with the shop's letters; what papers are put together of. The only module that knows fpdf2."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF, XPos, YPos
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

FONTS = Path(__file__).parent / "fonts"
FAMILY = "BeVietnamPro"
INK, MUTED, TEA = (31, 36, 33), (92, 101, 95), (30, 91, 69)
MARGIN = 16  # mm
LINE = 5.6  # mm, of text at 10 pt


class Sheet(FPDF):
    """Pages are numbered, and name the paper again at their foot."""

    def __init__(self, *, title: str, moment: datetime) -> None:
        """`moment` is kept in the file as when it was made."""
        super().__init__(format="A4")
        self.set_lang(get_language() or "vi")
        self.set_title(title)
        self.set_author(settings.OSCAR_SHOP_NAME)
        self.set_creation_date(moment)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.add_font(FAMILY, fname=FONTS / "BeVietnamPro-Regular.ttf")
        self.add_font(FAMILY, style="B", fname=FONTS / "BeVietnamPro-SemiBold.ttf")
        self.foot = title
        self.add_page()
        self.words(settings.OSCAR_SHOP_NAME, size=11, bold=True, color=TEA)
        self.words(title, size=18, bold=True)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self._letters(8, bold=False, color=MUTED)
        page = _("Trang %(page)s/%(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 5, f"{self.foot} · {page}", align=Align.C)

    def words(
        self, text: str, *, size: float = 10, bold: bool = False, color: tuple[int, int, int] = INK
    ) -> None:
        """A paragraph as wide as the page; lines of the text stay lines."""
        self._letters(size, bold=bold, color=color)
        self.multi_cell(0, LINE * size / 10, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def muted(self, text: str) -> None:
        self.words(text, size=9, color=MUTED)

    def head(self, text: str) -> None:
        """A heading with room above."""
        self.ln(3)
        self.words(text, size=12, bold=True)

    def rows(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        widths: Sequence[int],
        right: Iterable[int] = (),
    ) -> None:
        """A table; `widths` are shares of the page's width, `right` the columns of numbers."""
        right = set(right)
        self._letters(9.5, bold=False, color=INK)
        aligns = [Align.R if at in right else Align.L for at in range(len(head))]
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(aligns),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", color=MUTED),
            line_height=LINE,
            padding=1,
        ) as table:
            for cells in [head, *rows]:
                table.row(cells)

    def sums(self, sums: Iterable[tuple[str, str]], *, total: tuple[str, str] | None = None) -> None:
        """Amounts at the right edge, the total below them in bold."""
        for label, amount in sums:
            self._sum(label, amount, bold=False)
        if total:
            self._sum(*total, bold=True)

    def content(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

    def _sum(self, label: str, amount: str, *, bold: bool) -> None:
        self._letters(10, bold=bold, color=INK)
        self.cell(self.epw - 40, LINE + 0.6, label, align=Align.R)
        self.cell(40, LINE + 0.6, amount, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _letters(self, size: float, *, bold: bool, color: tuple[int, int, int]) -> None:
        self.set_font(FAMILY, style="B" if bold else "", size=size)
        self.set_text_color(*color)
