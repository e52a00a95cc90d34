"""Pictures that not everybody may see: kept apart from the public ones, and served by views that ask who looks."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def private_storage() -> FileSystemStorage:
    """The folder that no web server serves; a file in it has no address."""
    return FileSystemStorage(
        location=settings.PRIVATE_ROOT,
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


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
