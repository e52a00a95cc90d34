"""Serves uploaded files when no web server in front of the shop does."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve


def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file below MEDIA_ROOT, or 404."""
    response = serve(request, name, document_root=settings.MEDIA_ROOT)
    response["X-Content-Type-Options"] = "nosniff"
    return response
