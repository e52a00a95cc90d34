"""The five producer stories of data/stories, as pages that editors can change from then on."""

import tomllib
from typing import Any

from catalogue.models import Product
from cms.frames import Scene
from cms.starter import load_story
from marketplace.demo.makers import maker_key
from marketplace.demo.rows import DATA, read_rows
from producers.models import Producer

BYLINE = "Ban biên tập Chợ OCOP, nội dung minh họa"


def read_stories() -> list[dict[str, Any]]:
    files = sorted((DATA / "stories").glob("*.toml"))
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]


def story_maker_keys() -> list[str]:
    """The keys of the producers that are told about, in the order of the stories."""
    keys = {row.producer: maker_key(row) for row in read_rows()}
    return [keys[story["producer"]] for story in read_stories()]


def load_stories(producers: dict[str, Producer]) -> None:
    """Make the stories that are missing. The pages of the shop come first (cms.starter.load_pages)."""
    for story, key in zip(read_stories(), story_maker_keys(), strict=True):
        producer = producers[key]
        load_story(
            slug=story["slug"],
            title=story["title"],
            producer=producer,
            lead=story["lead"],
            text=story["body"],
            products={product.upc: product for product in Product.objects.listed().filter(producer=producer)},
            season=story["season"],
            byline=BYLINE,
            scene=Scene(story["scene"]),
        )
