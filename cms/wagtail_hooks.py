"""What staff's admin gets from the shop: choosers of its objects."""

from typing import Any

from wagtail import hooks

from cms.choosers import producer_chooser, product_chooser


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def choosers() -> list[Any]:
    return [product_chooser, producer_chooser]
