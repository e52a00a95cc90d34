"""Loads what cms/data/regions.toml says about the regions. A text that exists is the editors' and stays as it is."""

import tomllib
from pathlib import Path

from django.utils.html import format_html

from cms.models import RegionText
from producers.models import Region

FILE = Path(__file__).parents[1] / "data" / "regions.toml"


def load_region_texts() -> int:
    """Make the texts that are missing, of regions that are known; returns how many."""
    made = 0
    for code, text in tomllib.loads(FILE.read_text("utf-8")).items():
        if region := Region.objects.filter(code=code).first():
            fields = {
                "text": format_html("<p>{}</p>", text["vi"]),
                "text_en": format_html("<p>{}</p>", text["en"]),
            }
            made += RegionText.objects.get_or_create(region=region, defaults=fields)[1]
    return made
