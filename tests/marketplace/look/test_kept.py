from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from catalogue.cards import Card
from marketplace.look import kept
from marketplace.pictures.sizes import Picture

CARD = Card(
    pk=1, title="Trà xanh <Phìn Hồ>", url="/san-pham/1/", producer_name="HTX Phìn Hồ", place_line="Tuyên Quang", star=4,
    star_state="valid", star_until=date(2027, 1, 15), candidate=False, price=None, price_from=False, in_stock=True,
    sale="on_sale", picture=Picture("2.webp", "4.webp", "8.webp", "12.webp"), adult=False,
)  # fmt: skip


def drawn(**values: Any) -> str:
    return kept.drawn("components/card.html", {"card": CARD, "level": 2, "eager": False} | values)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_kept_is_what_including_it_would_draw(language: str) -> None:
    with override(language):
        whole = render_to_string("components/card.html", {"card": CARD, "level": 2, "eager": False})
        assert drawn() == drawn() == whole


def test_every_value_and_the_language_tell_drawings_apart() -> None:
    gone, five = replace(CARD, in_stock=False), replace(CARD, star=5)
    drawings = {drawn(), drawn(level=3), drawn(eager=True), drawn(card=gone), drawn(card=five)}
    with override("en"):
        drawings.add(drawn())
    assert len(drawings) == 6


def test_a_component_is_drawn_once_except_while_it_is_worked_on(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[str] = []
    monkeypatch.setattr(kept, "render_to_string", lambda name, values: turns.append(name) or str(len(turns)))
    unknown = replace(CARD, title="Chưa ai vẽ")
    assert drawn(card=unknown) == drawn(card=unknown) == "1"
    settings.DEBUG = True
    assert [drawn(card=unknown), drawn(card=unknown)] == ["2", "3"]


def test_components_that_nobody_keeps_are_refused() -> None:
    with pytest.raises(KeyError):
        kept.drawn("components/pager.html", {})
