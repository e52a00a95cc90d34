"""Serves pictures when no web server in front of the shop does."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
ONE_YEAR = 365 * 24 * 60 * 60


def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture below MEDIA_ROOT, or 404. A name never gets another content, so browsers may keep it."""
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None:
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
