import itertools
import re
from datetime import date

import pytest

from marketplace.demo.descriptions import WARNING
from marketplace.demo.facts import WITH_SIZES, ProductFacts, products
from marketplace.demo.kinds import kind_of, kinds
from marketplace.demo.makers import maker_key, makers_of
from marketplace.demo.rows import read_rows

TODAY = date(2026, 11, 24)
PROMISES = re.compile(
    r"chữa|điều trị|đặc trị|trị bệnh|phòng ngừa|giải độc|đề kháng|bồi bổ|thần dược", re.IGNORECASE
)


@pytest.fixture(scope="module")
def facts() -> tuple[ProductFacts, ...]:
    return products(today=TODAY)


def test_every_row_of_the_list_is_a_product_of_its_own(facts: tuple[ProductFacts, ...]) -> None:
    assert len(facts) == 1010
    assert len({fact.code for fact in facts}) == 1010


def test_the_same_day_gives_the_same_facts(facts: tuple[ProductFacts, ...]) -> None:
    assert products(today=TODAY) == facts


def test_prices_and_texts_do_not_depend_on_the_day(facts: tuple[ProductFacts, ...]) -> None:
    later = products(today=date(2027, 3, 31))
    assert [(f.sizes, f.description, f.sale) for f in later] == [
        (f.sizes, f.description, f.sale) for f in facts
    ]


def test_a_price_is_rounded_as_a_shopkeeper_rounds_and_stays_plausible(
    facts: tuple[ProductFacts, ...],
) -> None:
    for size in (size for fact in facts for size in fact.sizes):
        assert 10_000 <= size.price <= 3_500_000
        assert size.price % (1000 if size.price < 100_000 else 5000) == 0


def test_a_known_price_of_the_list_is_kept(facts: tuple[ProductFacts, ...]) -> None:
    known = [fact for fact in facts if fact.row.price_vnd]
    assert len(known) == 9
    assert all(fact.sizes[0].price == fact.row.price_vnd for fact in known)


def test_a_packed_product_weighs_more_than_nothing_and_less_than_a_sack(
    facts: tuple[ProductFacts, ...],
) -> None:
    goods = [size for fact in facts if fact.sale != "enquiry" for size in fact.sizes]
    assert all(60 <= size.weight_g <= 30_000 for size in goods)


def test_fifty_products_have_sizes_and_the_bigger_costs_more(facts: tuple[ProductFacts, ...]) -> None:
    several = [fact for fact in facts if fact.has_variants]
    assert len(several) == WITH_SIZES
    for fact in several:
        assert 2 <= len(fact.sizes) <= 4
        assert [s.price for s in fact.sizes] == sorted({s.price for s in fact.sizes})
        assert [s.weight_g for s in fact.sizes] == sorted({s.weight_g for s in fact.sizes})
        assert fact.sale == "on_sale"


def test_tourism_takes_enquiries_and_living_things_are_not_sent(facts: tuple[ProductFacts, ...]) -> None:
    assert {fact.sale for fact in facts if fact.row.set_no == 26} == {"enquiry"}
    assert {fact.sale for fact in facts if fact.row.set_no in (23, 24)} == {"registered"}
    assert 15 <= sum(fact.sale == "registered" for fact in facts) <= 40


def test_a_few_products_are_sold_out(facts: tuple[ProductFacts, ...]) -> None:
    assert 8 <= sum(all(size.stock == 0 for size in fact.sizes) for fact in facts) <= 40


def test_no_sentence_promises_an_effect_on_health(facts: tuple[ProductFacts, ...]) -> None:
    for fact in facts:
        ours = fact.description.replace(WARNING, "").replace(fact.row.name, "")
        assert not PROMISES.search(ours), fact.description


def test_functional_food_carries_the_warning(facts: tuple[ProductFacts, ...]) -> None:
    assert all((WARNING in fact.description) == (fact.row.set_no == 18) for fact in facts)


def test_neighbours_do_not_read_the_same(facts: tuple[ProductFacts, ...]) -> None:
    first = [fact.description.split(". ")[1] for fact in facts]
    assert all(a != b for a, b in itertools.pairwise(first))
    assert len({fact.description for fact in facts}) >= 1005


def test_a_description_names_no_placeholder_and_ends_as_a_sentence(facts: tuple[ProductFacts, ...]) -> None:
    for fact in facts:
        assert "{" not in fact.description
        assert fact.description.endswith(".")
        assert 90 <= len(fact.description) <= 520


def test_every_set_of_the_list_ends_with_a_kind_for_every_name() -> None:
    last = {number: kind.words for kind in kinds() for number in kind.sets}
    assert set(last) == set(range(1, 27))
    assert all("" in words for words in last.values())


def test_kinds_are_complete_and_have_a_word_to_be_found_by() -> None:
    assert len({kind.code for kind in kinds()}) == len(kinds())
    for kind in kinds():
        assert 0 < kind.price[0] < kind.price[1]
        assert kind.nets and len(kind.taste) >= 2 and len(kind.use) >= 2


def test_a_word_of_the_name_chooses_the_kind() -> None:
    codes = {row.name: kind_of(row).code for row in read_rows()}
    assert codes["Miến dong Tài Hoan"] == "noodle"
    assert codes["Nước mắm Lê Gia"] == "fish-sauce-classic"
    assert codes["Mật ong hoa bưởi"] == "honey"


def test_rows_without_a_producer_share_one_sample_per_former_province() -> None:
    rows = read_rows()
    samples = [maker for maker in makers_of(rows).values() if maker.sample]
    assert {m.former_code for m in samples} == {row.former_code for row in rows if not row.producer}
    assert all(maker.name.startswith("Nhà sản xuất mẫu tại ") for maker in samples)


def test_who_offers_tourism_can_be_asked_at_an_address_that_nobody_owns() -> None:
    rows = read_rows()
    asked = {maker_key(row) for row in rows if row.set_no == 26}
    makers = makers_of(rows)
    assert len(asked) == 7
    for key in asked:
        assert re.fullmatch(r"dat-cho@[a-z0-9-]{5,60}\.example", makers[key].email)
        assert makers[key].website == f"https://{makers[key].email.partition('@')[2]}/"
    assert not any(maker.email or maker.website for key, maker in makers.items() if key not in asked)


def test_one_producer_written_in_two_ways_is_one_producer() -> None:
    names = [maker.name for maker in makers_of(read_rows()).values()]
    assert sum("nông sản Khe Sanh" in name for name in names) == 1
    assert not any("bị cắt" in name for name in names)


def test_a_commune_is_given_only_when_there_is_one_answer(facts: tuple[ProductFacts, ...]) -> None:
    assert all(fact.commune_code is None for fact in facts if not fact.row.commune)
    assert sum(fact.commune_code is not None for fact in facts) > 350
