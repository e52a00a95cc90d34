import io
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalogue.models import Product, ProductImage, Rating
from cms.models import StoryPage
from marketplace import clock
from marketplace.accounts.codes import code_at
from marketplace.demo import staff
from marketplace.demo.facts import products
from marketplace.demo.jobs import KIND
from marketplace.demo.loading import load_demo
from marketplace.demo.loading.orders import load_orders
from marketplace.demo.loading.pictures import by_interest
from marketplace.demo.loading.progress import Item, Progress
from marketplace.demo.loading.stories import story_maker_keys
from marketplace.demo.management.commands.load_demo import FIRST_PICTURES
from marketplace.order.models import Order, Parcel, ParcelState, ReturnRequest
from marketplace.partner.models import StockRecord
from marketplace.questions.models import Question
from marketplace.reconciliation.comparing.day import compare
from marketplace.reconciliation.models import Difference, Import, Line, Source
from marketplace.reconciliation.taking import match_line
from marketplace.reviews.models import ProductReview, ReviewReply
from marketplace.work import queue
from marketplace.work.models import Job
from marketplace.work.queue import run_due
from producers.models import Producer
from producers.profile import HOUSEHOLDS
from search import indexing
from tests.conftest import forget, settle, until_the_modules_end
from tests.signing_in import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[None]:
    """Loaded once for the module; every test's changes are rolled back to here, and this at the end."""
    with until_the_modules_end(django_db_blocker):
        load(folder)
        settle()
        forget()
        yield
    forget()


class StoppedAfter(Progress):
    """Somebody presses Ctrl-C after so many chunks."""

    def __init__(self, chunks: int) -> None:
        super().__init__(io.StringIO())
        self._chunks = chunks

    def over(self, items: Sequence[Item], label: str) -> Iterator[Item]:
        yield from items[: self._chunks]
        raise KeyboardInterrupt


def load(folder: Path, *, later: int = 0, progress: Progress | None = None) -> int:
    today = clock.today() + timedelta(days=later)
    return load_demo(today=today, folder=folder, progress=progress or Progress(io.StringIO()), pictures=0)


def product(title: str) -> Product:
    return Product.objects.listed().filter(title=title).with_star(clock.today()).get()


def test_it_loads_every_row_of_the_list() -> None:
    assert Product.objects.listed().count() == 1010
    assert Producer.objects.filter(partner__code__startswith="DEMO-NSX-").count() == 512


def test_loading_again_on_a_later_day_changes_nothing(folder: Path) -> None:
    def everything() -> list[Any]:
        models = (
            Product,
            Producer,
            Rating,
            StockRecord,
            StoryPage,
            Job,
            ProductReview,
            ReviewReply,
            Question,
        )
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = everything()
    assert load(folder, later=40) == 0
    assert everything() == before


def test_some_products_have_reviews_and_questions_that_are_called_samples(client: Client) -> None:
    reviews, questions = ProductReview.objects.all(), Question.objects.all()
    assert reviews.count() >= 60
    assert questions.count() >= 20
    assert not reviews.filter(is_demo=False).exists()
    told = reviews.filter(product__review_count__gt=1).order_by("pk")[0]
    html = client.get(told.product.get_absolute_url()).content.decode()
    assert "Đánh giá mẫu" in html
    assert "Đã mua" not in html


def test_a_lost_product_is_added_again_and_nothing_else(folder: Path) -> None:
    Product.objects.filter(upc="DEMO-0086").delete()
    assert load(folder) == 1
    assert product("Miến dong Tài Hoan").star == 5


def test_a_load_that_was_stopped_goes_on_and_every_product_can_be_found(folder: Path) -> None:
    Product.objects.filter(upc__lte="DEMO-0100").delete()
    with pytest.raises(KeyboardInterrupt):
        load(folder, progress=StoppedAfter(2))
    left = load(folder)
    assert 0 < left < 100
    assert Product.objects.listed().count() == 1010
    assert indexing.drift() == {"missing": [], "superfluous": [], "stale": []}


def test_the_column_decides_the_star_of_today() -> None:
    assert product("Trà xanh Phìn Hồ hộp 100g").star == 5
    assert product("Bún sạch Tam Ngãi").star is None
    assert product("Mắm tôm Lê Gia").star is None


def test_sizes_are_children_with_price_stock_and_weight() -> None:
    parents = Product.objects.filter(structure=Product.PARENT)
    assert parents.count() == 50
    for parent in parents:
        assert not parent.stockrecords.exists()
        assert all(
            child.shipping_weight_g and child.stockrecords.get().price for child in parent.children.all()
        )


def test_a_registered_product_has_a_certificate_and_no_price() -> None:
    registered = Product.objects.listed().filter(sale="registered")
    assert registered.filter(ratings__isnull=False).exists()
    assert not StockRecord.objects.filter(product__in=registered).exists()


def test_a_tour_has_a_price_to_go_by_and_no_pieces() -> None:
    tours = StockRecord.objects.filter(product__sale="enquiry")
    assert tours.count() == 8
    assert set(tours.values_list("num_in_stock", flat=True)) == {None}


def test_every_tour_leads_to_a_contact_and_a_households_own_stays_private(client: Client) -> None:
    tours = list(Product.objects.listed().filter(sale="enquiry").select_related("producer__partner"))
    households = [tour for tour in tours if tour.producer.form in HOUSEHOLDS]
    assert (len(tours), len(households)) == (8, 3)
    for tour in tours:
        page = client.get(tour.get_absolute_url()).content.decode()
        assert f'href="{tour.producer.website}"' in page
        assert (f'href="mailto:{tour.producer.email}"' in page) == (tour not in households)
        assert "dữ liệu mẫu" in page


def test_prices_are_whole_dong() -> None:
    assert all(price == int(price) for price in StockRecord.objects.values_list("price", flat=True))


def test_five_stories_stand_as_pages_in_both_languages() -> None:
    stories = StoryPage.objects.live()
    assert stories.filter(locale__language_code="vi").count() == 5
    assert stories.filter(locale__language_code="en", alias_of__isnull=False).count() == 5
    assert all(story.producer and story.season and story.byline for story in stories)


def test_staff_can_sign_in_with_the_password_of_the_data_folder(folder: Path) -> None:
    account = get_user_model().objects.get(email=staff.EMAIL)
    assert account.is_superuser
    assert account.check_password(staff.password(folder))
    assert (folder / "demo_staff_password").stat().st_mode & 0o077 == 0


def test_the_environment_may_give_the_password(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_STAFF_PASSWORD", "mật khẩu riêng")
    load(folder)
    assert get_user_model().objects.get(email=staff.EMAIL).check_password("mật khẩu riêng")


def test_staff_sign_in_with_the_code_of_the_data_folder(client: Client, folder: Path) -> None:
    form = {"login": staff.EMAIL, "password": staff.password(folder)}
    client.post(reverse("account_login"), form)
    code = code_at(secret=staff.totp_secret(folder), moment=clock.now())
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert (folder / "demo_staff_totp").stat().st_mode & 0o077 == 0
    assert staff.totp_secret(folder) in staff.app_address(folder)


def test_the_environment_may_give_the_second_factor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_STAFF_TOTP", SECRET)
    load(folder)
    factor = Authenticator.objects.get(user__email=staff.EMAIL, type="totp")
    assert decrypt(factor.data["secret"]) == SECRET
    monkeypatch.setenv("DEMO_STAFF_TOTP", "không phải")
    with pytest.raises(SystemExit, match="DEMO_STAFF_TOTP"):
        staff.totp_secret(folder)


def test_every_product_waits_for_its_pictures() -> None:
    assert Job.objects.filter(kind=KIND).values("key").distinct().count() == 1010


def test_what_the_first_pages_show_is_drawn_before_the_shop_opens(client: Client) -> None:
    pages = [client.get(address).content.decode() for address in ("/", "/en/", "/san-pham/")]
    shown = {int(key) for page in pages for key in re.findall(r"/san-pham/[\w-]+_(\d+)/", page)}
    jobs = Job.objects.filter(kind=KIND).order_by("due_at", "id")
    drawn = Product.objects.filter(upc__in=jobs.values_list("key", flat=True)[:FIRST_PICTURES])
    assert len(shown) > 30
    assert shown <= {product.pk for product in drawn}


def test_products_of_the_stories_are_drawn_early() -> None:
    first = [fact.maker_key for fact in by_interest(products(today=clock.today()))[:10]]
    assert set(first) <= set(story_maker_keys())


def test_the_worker_draws_the_pictures_once(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(queue, "_schedules", [])  # what is due besides would come first
    Job.objects.exclude(kind=KIND).delete()
    assert run_due(most=1) == 1
    (done,) = Job.objects.filter(kind=KIND, state="done")
    image = ProductImage.objects.get(product__upc=done.key, display_order=0)
    assert Image.open(image.original).size == (1200, 1200)
    Job.objects.filter(pk=done.pk).update(state="waiting", finished_at=None)
    run_due(most=1)
    assert ProductImage.objects.filter(code=image.code).count() == 1


def test_products_with_the_newest_certificates_are_drawn_early() -> None:
    ordered = [fact for fact in by_interest(products(today=clock.today())) if fact.certificates]
    rest = [fact.certificates[-1].issued_on for fact in ordered[30:]]
    assert rest == sorted(rest, reverse=True)


def test_orders_stand_in_every_state_and_their_sums_are_right() -> None:
    states = set(Parcel.objects.values_list("state", flat=True))
    assert states == set(ParcelState.values)
    assert ReturnRequest.objects.count() >= 1
    for order in Order.objects.prefetch_related("consignments"):
        assert order.total_incl_tax == sum(part.total for part in order.consignments.all())
    assert Order.objects.filter(date_placed__gt=clock.now()).count() == 0


def test_what_carrier_and_bank_say_of_the_money_shows_a_few_differences() -> None:
    assert list(Import.objects.values_list("state", flat=True)) == ["taken", "taken"]
    for line in Line.objects.all():
        match_line(line_id=line.pk, moment=clock.now())
    handed_over = Line.objects.filter(carrier__isnull=False)
    assert handed_over.count() >= 6 and not handed_over.exclude(state="matched").exists()
    for day in handed_over.values_list("day", flat=True).distinct():
        compare(source=Source.CARRIER, day=day, moment=clock.now())
    assert set(Difference.objects.exclude(why="overdue").values_list("why", flat=True)) == {"amount", "fee"}


def test_a_shop_that_has_orders_gets_no_more() -> None:
    before = Order.objects.count()
    assert before >= 20
    assert load_orders(today=clock.today()) == 0
    assert Order.objects.count() == before
