from dataclasses import dataclass

from marketplace.look import tilemap


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    count: int
    url: str = "/"


def every_province(count: int = 10) -> list[Place]:
    return [Place(code, str(spot["label"]), count) for code, spot in tilemap.tiles_on_file().items()]


def test_all_34_provinces_are_drawn_and_none_covers_another() -> None:
    tiles, _cuts = tilemap.tiles(every_province())
    assert len(tiles) == 34
    assert all(
        abs(one.x - other.x) >= 60 or abs(one.y - other.y) >= 49
        for at, one in enumerate(tiles)
        for other in tiles[at + 1 :]
    )


def test_the_map_is_read_from_north_to_south() -> None:
    tiles, _cuts = tilemap.tiles(reversed(every_province()))
    assert tiles[0].name == "Lai Châu"
    assert tiles[-1].name == "Cà Mau"


def test_the_colour_deepens_with_the_number_of_products() -> None:
    counts = {"12": 19, "15": 20, "08": 32, "04": 48}
    tiles, _cuts = tilemap.tiles([Place(code, code, count) for code, count in counts.items()])
    assert [tile.css for tile in tiles] == ["", "n2", "n3", "n4"]


def test_a_large_shop_gets_bounds_of_its_own() -> None:
    counts = list(range(100, 1460, 40))
    low, middle, high = tilemap.depth_cuts(counts)
    assert 100 < low < middle < high < 1460


def test_even_a_shop_of_one_busy_province_keeps_four_depths() -> None:
    low, middle, high = tilemap.depth_cuts([0] * 33 + [5000])
    assert low < middle < high


def test_the_chosen_provinces_stand_out() -> None:
    tiles, _cuts = tilemap.tiles(
        [Place("08", "Tuyên Quang", 50), Place("04", "Cao Bằng", 50)], here=["08"], ring=["04"]
    )
    assert [tile.css for tile in tiles] == ["here", "n4 ring"]
