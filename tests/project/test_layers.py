import tomllib

from tests.project.tree import ROOT


def layered() -> set[str]:
    """Every package the one-way contract places."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][0]
    assert contract["type"] == "layers"
    return {name.strip(" ()") for layer in contract["layers"] for name in layer.split(":")}


def test_every_package_of_the_shop_has_its_place_among_the_layers() -> None:
    folders = [path.parent for path in (ROOT / "marketplace").glob("*/__init__.py")]
    packages = {f"marketplace.{folder.name}" for folder in folders}
    assert packages - layered() - {"marketplace.formats"} == set()
