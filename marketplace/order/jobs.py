"""Background work of orders: once a day the persons of old ones are forgotten."""

from datetime import date

from marketplace import clock
from marketplace.work.queue import on_every_run

from .privacy import forget_invoices, forget_persons


class Daily:
    """The last day that this process has finished; another process doing it too changes nothing."""

    done: date | None = None


@on_every_run
def forget_old_persons() -> None:
    if Daily.done != clock.today() and not forget_persons(moment=clock.now()):
        forget_invoices(moment=clock.now())
        Daily.done = clock.today()
