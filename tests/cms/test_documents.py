from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

pytestmark = pytest.mark.django_db

SCRIPT = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("name", ["bang-phi.pdf", "bieu-mau.docx", "so-lieu.csv"])
def test_a_document_is_saved_and_never_shown_as_a_page(client: Client, name: str) -> None:
    document = get_document_model().objects.create(title="Bảng phí", file=ContentFile(SCRIPT, name))
    answer = client.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "text/html" not in answer["Content-Type"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
