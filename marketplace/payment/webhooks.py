"""Where providers tell what happened. Answered fast: kept, and worked off in the background."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .events import keep_event
from .stripe_gateway import Forged, read_event

LARGEST = 256 * 1024  # bytes; Stripe's events are far smaller


@csrf_exempt  # Stripe signs what it sends
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 for what is Stripe's, known or not, also the second time; 400 for what is not; 404 without its secret."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        event = read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except Forged:
        return HttpResponse(status=400)
    keep_event(event)
    return HttpResponse()
