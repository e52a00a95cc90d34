"""What a carrier must know of a product: weight, volume, and how far it may be sent."""

from catalogue.models import CategoryFlag, Product, Reach

from .quotes import DEFAULT_WEIGHT_G

SPOILS = {CategoryFlag.FRESH, CategoryFlag.COLD}


def weight_of(product: Product) -> int:
    """Grams of one piece as sent; a child without its own takes the parent's."""
    return product.shipping_weight_g or product.listed.shipping_weight_g or DEFAULT_WEIGHT_G


def volume_of(product: Product) -> int:
    """Cubic centimetres of one piece as packed, a child's or its parent's; 0 where nobody has measured."""
    measured = product if product.length_cm else product.listed
    return (measured.length_cm or 0) * (measured.width_cm or 0) * (measured.height_cm or 0)


def reach_of(product: Product) -> Reach:
    """How far it may be sent: what the product says, else its set; else what lives or spoils stays near."""
    ocop_set = product.ocop_set
    told = product.reach or product.listed.reach or (ocop_set.reach if ocop_set else "")
    if told:
        return Reach(told)
    flags = set(ocop_set.flags) if ocop_set else set()
    return Reach.PROVINCE if CategoryFlag.LIVE in flags or flags >= SPOILS else Reach.EVERYWHERE


def nearest(reaches: list[Reach]) -> Reach:
    """What goods in one parcel may do together: as far as the one that may go least far."""
    order = [Reach.PICKUP, Reach.PROVINCE]
    return next((reach for reach in order if reach in reaches), Reach.EVERYWHERE)
