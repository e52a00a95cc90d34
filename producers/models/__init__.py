"""Who makes the products, and where."""

from .membership import Membership, Role
from .places import Commune, FormerProvince, PlaceAlias, PlaceAliasKind, Province, Region
from .producer import Producer, ProducerForm

__all__ = [
    "Commune",
    "FormerProvince",
    "Membership",
    "PlaceAlias",
    "PlaceAliasKind",
    "Producer",
    "ProducerForm",
    "Province",
    "Region",
    "Role",
]
