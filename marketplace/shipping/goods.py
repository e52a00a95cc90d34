"""What a carrier must know of a product."""

from catalogue.models import CategoryFlag, Product

from .quotes import DEFAULT_WEIGHT_G


def weight_of(product: Product) -> int:
    """Grams of one piece as sent; a child without its own takes the parent's."""
    return product.shipping_weight_g or product.listed.shipping_weight_g or DEFAULT_WEIGHT_G


def is_live(product: Product) -> bool:
    """Whether the product's set is of living things."""
    ocop_set = product.ocop_set
    return ocop_set is not None and CategoryFlag.LIVE in ocop_set.flags
