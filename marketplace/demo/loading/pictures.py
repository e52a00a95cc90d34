"""Which pictures are drawn before the shop opens: what the first pages show. The worker draws the rest."""

from collections.abc import Iterable

from marketplace import clock
from marketplace.demo.facts import ProductFacts
from marketplace.demo.jobs import KIND
from marketplace.demo.loading.progress import Progress
from marketplace.demo.loading.stories import story_maker_keys
from marketplace.work.models import Job, JobState
from marketplace.work.queue import enqueue_many


def leave_to_worker(facts: Iterable[ProductFacts]) -> None:
    """Ask for the pictures of every product once, those seen first first."""
    enqueue_many(kind=KIND, jobs=[(fact.code, {}) for fact in seen_first(facts)])


def draw_first(facts: Iterable[ProductFacts], *, most: int, progress: Progress) -> None:
    """Draw the pictures of the first products, unless it was done; their jobs are done then."""
    first = [fact.code for fact in seen_first(facts)[:most]]
    from marketplace.demo.drawing import draw_missing, hang

    waiting = Job.objects.filter(kind=KIND, state=JobState.WAITING, key__in=first)
    open_codes = set(waiting.values_list("key", flat=True))
    todo = [code for code in first if code in open_codes]
    for code in progress.over(todo, "Hình ảnh") if todo else ():
        hang(code, draw_missing(code))
        waiting.filter(key=code).update(state=JobState.DONE, finished_at=clock.now())


def seen_first(facts: Iterable[ProductFacts]) -> list[ProductFacts]:
    """Products of the stories, then by newest certificate, which is how lists begin; the rest after them."""
    told = set(story_maker_keys())

    def place(fact: ProductFacts) -> tuple[int, int, int]:
        newest = max((one.issued_on.toordinal() for one in fact.certificates), default=0)
        return (0 if fact.maker_key in told else 1, -newest, fact.number)

    return sorted(facts, key=place)
