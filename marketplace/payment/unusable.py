"""What Stripe tells and fits nothing of ours is a row of the inbox that staff look at: each thing once, by its id.

Nothing of it is tried again by itself; what was found to fit later is closed.
"""

from django.db import IntegrityError, transaction

from marketplace import clock

from .models import EventState, ProviderEvent


def tell_of_event(event: ProviderEvent, *, why: str) -> None:
    """An event that could not be used. Ignored where staff were told of what it is about before."""
    about = str(event.payload["data"]["object"].get("id") or "")[:255]
    rows = ProviderEvent.objects.filter(pk=event.pk)
    try:
        with transaction.atomic():
            rows.update(state=EventState.FAILED, error=why, matter=about or None)
    except IntegrityError:
        rows.update(state=EventState.IGNORED, error=why)


def tell_of(*, kind: str, about: str, why: str) -> None:
    """Something that was found without an event: `kind` is what Stripe calls it, `about` its id."""
    moment = clock.now()
    facts = {
        "type": kind,
        "payload": {"data": {"object": {"id": about, "object": kind}}},
        "received_at": moment,
        "state": EventState.FAILED,
        "error": why,
        "key": f"found:{about[:200]}:{moment:%Y%m%dT%H%M%S.%f}",
    }
    ProviderEvent.objects.get_or_create(matter=about[:255], defaults=facts)


def fits_after_all(about: str) -> None:
    """Nobody has to look into it any more; what somebody has looked into stays as it is."""
    told = ProviderEvent.objects.filter(matter=about, state=EventState.FAILED, seen_at__isnull=True)
    told.update(state=EventState.DONE, matter=None)
