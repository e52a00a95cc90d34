"""Draws the pictures of a demonstration product and hangs them up. Doing it again changes nothing."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalogue.models import Product, ProductImage
from marketplace.clock import today
from marketplace.demo.facts import ProductFacts, product_facts
from marketplace.demo.pack_labels import PackSpec, draw_pack
from marketplace.demo.rows import read_rows
from marketplace.pictures.files import delete_after_commit
from marketplace.pictures.sizes import make_sizes

SIZE = 1200
FOLDER = "images/products/demo"


def draw_missing(code: str) -> dict[int, str]:
    """Draw the pictures that the product with this code lacks, in all sizes; the files' names by view.

    None if the product is gone. Files of an earlier try that were not hung up are replaced.
    """
    if not Product.objects.filter(upc=code).exists():
        return {}
    fact = product_facts(read_rows()[int(code.removeprefix("DEMO-")) - 1], today=today())
    hung = set(ProductImage.objects.filter(product__upc=code).values_list("code", flat=True))
    missing = [view for view in range(fact.pictures) if _name(code, view) not in hung]
    return {view: _store(_name(code, view), draw_pack(spec_of(fact), view, SIZE)) for view in missing}


def _store(name: str, data: bytes) -> str:
    file = f"{FOLDER}/{name.lower()}.webp"
    default_storage.delete(file)
    default_storage.save(file, ContentFile(data))
    make_sizes(file)
    return file


def hang(code: str, pictures: dict[int, str]) -> None:
    """Hang drawn pictures up; those that hang by now are left."""
    product = Product.objects.filter(upc=code).first()
    if product is None:
        delete_after_commit(*pictures.values())
        return
    for view, file in pictures.items():
        name = _name(code, view)
        if not ProductImage.objects.filter(code=name).exists():
            ProductImage.objects.create(
                product=product,
                code=name,
                original=file,
                shown=file,
                caption=product.title,
                display_order=view,
            )


def _name(code: str, view: int) -> str:
    return f"{code}-{view}"


def spec_of(fact: ProductFacts) -> PackSpec:
    """What is printed: name, today's province and the quantity that is sold."""
    row = fact.row
    return PackSpec(
        name=row.name,
        set_no=row.set_no,
        province=row.province_now,
        net=fact.sizes[0].net,
        landscape_province=row.province,
    )
