from collections import defaultdict

from marketplace.demo.makers import maker_key, makers_of
from marketplace.demo.rows import read_rows
from marketplace.demo.sizes import Size
from marketplace.demo.terms import TermsFacts, box_of, terms_of_maker


def all_terms() -> dict[str, TermsFacts]:
    sets = defaultdict(set)
    for row in read_rows():
        sets[maker_key(row)].add(row.set_no)
    makers = makers_of(read_rows()).items()
    return {key: terms_of_maker(maker, sets=frozenset(sets[key])) for key, maker in makers}


def test_some_producers_ask_for_a_minimum_some_send_free_earlier_some_can_be_visited() -> None:
    terms = list(all_terms().values())
    share = len(terms) / 100
    assert 5 < sum(one.minimum_order is not None for one in terms) / share < 15
    assert 10 < sum(one.free_from is not None for one in terms) / share < 25
    assert 15 < sum(bool(one.pickup_address) for one in terms) / share < 60


def test_who_sells_fresh_goods_under_an_own_name_can_be_visited() -> None:
    makers, terms = makers_of(read_rows()), all_terms()
    fresh = {maker_key(row) for row in read_rows() if row.set_no == 2}
    assert all(terms[key].pickup_address for key in fresh if not makers[key].sample)


def test_the_same_producer_has_the_same_terms_every_time() -> None:
    assert all_terms() == all_terms()


def test_handicraft_is_packed_big_and_nothing_else_is_measured() -> None:
    box = box_of(21, Size("1 chiếc", 100_000, 5, weight_g=1000))
    volume = box["length_cm"] * box["width_cm"] * box["height_cm"]
    assert 6000 < volume < 9000
    assert box_of(11, Size("100 g", 100_000, 5, weight_g=150)) == {}
