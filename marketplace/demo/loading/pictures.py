"""Which pictures are drawn before the shop opens: what the first pages show. The worker draws the rest."""

from collections.abc import Iterable
from datetime import date

from catalogue.models import Product
from cms.models import HomePage
from cms.rails import fill_cards
from marketplace import clock
from marketplace.demo.facts import ProductFacts
from marketplace.demo.jobs import KIND
from marketplace.demo.loading.progress import Progress
from marketplace.demo.loading.stories import story_maker_keys
from marketplace.work.models import Job, JobState
from marketplace.work.queue import enqueue_many
from search.query import ProductQuery
from search.searching import search


def leave_to_worker(ordered: Iterable[ProductFacts]) -> None:
    """Ask for the pictures of every product once, in this order."""
    enqueue_many(kind=KIND, jobs=[(fact.code, {}) for fact in ordered])


def draw_first(ordered: Iterable[ProductFacts], *, most: int, progress: Progress) -> None:
    """Draw the pictures of the first products, unless it was done; their jobs are done then."""
    first = [fact.code for fact in list(ordered)[:most]]
    from marketplace.demo.drawing import draw_missing, hang

    waiting = Job.objects.filter(kind=KIND, state=JobState.WAITING, key__in=first)
    open_codes = set(waiting.values_list("key", flat=True))
    todo = [code for code in first if code in open_codes]
    for code in progress.over(todo, "Hình ảnh") if todo else ():
        hang(code, draw_missing(code))
        waiting.filter(key=code).update(state=JobState.DONE, finished_at=clock.now())


def as_seen(facts: Iterable[ProductFacts], *, day: date) -> list[ProductFacts]:
    """Products in the order in which visitors meet them; needs the shop's pages and the index."""
    sight = {code: place for place, code in enumerate(in_sight(day=day))}
    return sorted(by_interest(facts), key=lambda fact: sight.get(fact.code, len(sight)))


def in_sight(*, day: date) -> list[str]:
    """Codes of the products on the home pages, then of those the list of all products begins with."""
    keys: list[int] = []
    for home in HomePage.objects.live().order_by("path"):
        fill_cards(home.body, adult=False)
        rails = [block.value for block in home.body if block.block_type == "rail"]
        keys += [card.pk for rail in rails for card in rail.shown]
    keys += search(ProductQuery(text="", day=day), facets=False).ids
    codes = dict(Product.objects.filter(pk__in=keys).values_list("pk", "upc"))
    return [codes[key] for key in dict.fromkeys(keys)]


def by_interest(facts: Iterable[ProductFacts]) -> list[ProductFacts]:
    """Products of the stories, then by newest certificate."""
    told = set(story_maker_keys())

    def place(fact: ProductFacts) -> tuple[int, int, int]:
        newest = max((one.issued_on.toordinal() for one in fact.certificates), default=0)
        return (0 if fact.maker_key in told else 1, -newest, fact.number)

    return sorted(facts, key=place)
