from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from catalogue.models import ProductImage
from marketplace.pictures.sizes import SIDES, names_of, picture, share_name, share_url, size_name
from marketplace.pictures.thumbnailer import Thumbnailer
from marketplace.work.models import Job
from marketplace.work.queue import run_due
from tests import factories
from tests.pictures.images import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path
    yield tmp_path


def hung(name: str = "che.jpg") -> ProductImage:
    return ProductImage.objects.create(product=factories.product(), original=picture_file(name=name))


def files(name: str) -> list[bool]:
    return [default_storage.exists(file) for file in (name, *names_of(name))]


def test_a_new_picture_is_shown_once_the_worker_has_made_its_sizes() -> None:
    image = hung()
    assert (image.shown, Job.objects.filter(key=image.original.name).count()) == ("", 1)
    run_due()
    image.refresh_from_db()
    assert image.shown == image.original.name
    assert all(files(image.shown))


def test_sizes_are_squares_and_a_card_for_links() -> None:
    name = hung().original.name
    run_due()
    sizes = [Image.open(default_storage.open(size_name(name, side))) for side in SIDES]
    assert [(size.format, size.size) for size in sizes] == [("WEBP", (side, side)) for side in SIDES]
    share = Image.open(default_storage.open(share_name(name)))
    assert (share.format, share.size) == ("JPEG", (1200, 630))


def test_making_sizes_again_makes_the_same_files() -> None:
    name = hung().original.name
    run_due()
    before = sorted(path.name for path in Path(default_storage.path("sizes")).rglob("*"))
    Job.objects.update(state="waiting")
    run_due()
    assert sorted(path.name for path in Path(default_storage.path("sizes")).rglob("*")) == before
    assert all(files(name))


def test_the_former_picture_stays_until_the_new_one_is_ready(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = hung("cu.jpg")
    run_due()
    image.refresh_from_db()
    old, image.original = image.shown, picture_file(name="moi.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert all(files(old))
    with django_capture_on_commit_callbacks(execute=True):
        run_due()
    image.refresh_from_db()
    assert image.shown == image.original.name != old
    assert not any(files(old))


def test_files_go_only_when_the_deletion_is_certain(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = hung()
    run_due()
    image.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        ProductImage.objects.get().delete()
        raise RuntimeError
    assert all(files(image.shown))
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
        assert all(files(image.shown))
    assert not any(files(image.shown))


def test_a_picture_deleted_before_its_turn_is_no_failure() -> None:
    image = hung()
    default_storage.delete(image.original.name)
    run_due()
    assert Job.objects.get().state == "done"


def test_addresses_follow_from_the_name() -> None:
    drawn: Any = picture("anh/che.webp", alt="Chè")
    assert (drawn.url_800, drawn.alt) == ("/media/sizes/anh/che.webp.800.webp", "Chè")
    assert share_url("anh/che.webp") == "/media/sizes/anh/che.webp.share.jpg"
    assert (picture(""), share_url("")) == (None, "")


@pytest.mark.parametrize(("asked", "side"), [("150x100", 200), ("x300", 400), ("900", 1200), ("5000x", 1200)])
def test_oscar_gets_the_smallest_size_that_covers(asked: str, side: int) -> None:
    thumbnail = Thumbnailer().generate_thumbnail("anh/che.webp", size=asked)
    assert (thumbnail.width, str(thumbnail)) == (side, f"/media/sizes/anh/che.webp.{side}.webp")


def test_pictures_are_served_for_a_year_and_as_pictures_only(client: Client, media: Path) -> None:
    (media / "che.webp").write_bytes(b"<script>alert(1)</script>")
    (media / "trang.html").write_text("<script>")
    answer = client.get("/media/che.webp")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "max-age=31536000" in answer["Cache-Control"]
    assert client.get("/media/trang.html").status_code == 404
    for address in ("/media/../che.webp", "/media/%2e%2e/%2e%2e/che.webp", "/media/khong.webp"):
        assert client.get(address).status_code in (400, 404)
