"""Pictures that not everybody may see: kept apart from the public ones, and served by views that ask who looks."""

import os
from functools import partial

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


class PrivateStorage(FileSystemStorage):
    """The folder that no web server serves; its files are for the shop's own user, and have no address."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)  # noqa: PTH100  as Django compares it

    def url(self, name: str | None) -> str:
        raise ValueError("A private picture has no address: a view serves it to whoever may see it")


def private_storage() -> PrivateStorage:
    """For fields of models."""
    return PrivateStorage()


def private_picture(file: FieldFile, *, name: str) -> FileResponse:
    """An answer with a picture that was cleaned when it came in; `name` is what a browser saves it as.

    The caller has made sure that whoever asks may see it. Raises Http404 for a file that is gone.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/webp", filename=name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def delete_private_after_commit(name: str) -> None:
    """Delete a private picture once the transaction is committed; a rollback keeps it."""
    transaction.on_commit(partial(private_storage().delete, name))
