from pathlib import Path
from typing import Any

import pytest

from marketplace.order.models import ReturnRequest
from marketplace.order.returns.privacy import forget, told
from marketplace.pictures.cleaning import clean_upload
from tests.order.returns.cast import answer, ask, delivered, escalate
from tests.pictures.images import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


def test_a_person_is_told_what_they_wrote() -> None:
    request = ask(delivered())
    (row,) = told(request.consignment)
    assert (row["number"], row["text"], row["photos"]) == (request.number, request.text, 0)


def test_forgetting_takes_the_buyers_words_and_pictures_and_leaves_the_rest(
    private_folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    order, other = delivered(), ask(delivered())
    request = ask(order, photos=[clean_upload(picture_file())])
    answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi.")
    escalate(request, note="Gọi cho tôi theo số khác.")
    with django_capture_on_commit_callbacks(execute=True):
        forget([order.pk])
    kept = ReturnRequest.objects.get(pk=request.pk)
    assert (kept.text, kept.refund_amount, kept.photos.count()) == ("–", request.refund_amount, 0)
    assert not [file for file in private_folder.rglob("*") if file.is_file()]
    assert [change.note for change in kept.changes.all()] == ["", "Hàng nguyên vẹn khi gửi.", ""]
    assert ReturnRequest.objects.get(pk=other.pk).text == other.text
