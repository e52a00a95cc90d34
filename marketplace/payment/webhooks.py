"""Where providers tell what happened. Answered fast: kept, and worked off in the background."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .events import keep_event
from .stripe_gateway import Forged, read_event

logger = logging.getLogger(__name__)
LARGEST = 256 * 1024  # bytes; Stripe's events are far smaller


@csrf_exempt  # Stripe signs what it sends
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 for what is Stripe's, known or not, also the second time; 400 for what is not; 404 without its secret."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return _refused("too long", status=413)
    try:
        event = read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except Forged as error:
        return _refused(str(error), status=400)
    keep_event(event)
    return HttpResponse()


def _refused(why: str, *, status: int) -> HttpResponse:
    """The reason is read on Stripe's pages, and in our log; of what was sent nothing is kept."""
    logger.warning("A webhook was refused: %s", why)
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
