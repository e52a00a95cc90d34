"""Lists, newest first, in pages (https://docs.stripe.com/api/pagination): `limit` from 1 to 100, 10 if not said;
`starting_after` and `ending_before` name an object and exclude each other; `created` is a second or bounds.
"""

import operator
from collections.abc import Callable, Sequence
from typing import Any

from tests.stripe_double import params
from tests.stripe_double.account import Object
from tests.stripe_double.call import Call
from tests.stripe_double.errors import invalid

COMPARE: dict[str, Callable[[int, int], bool]] = {
    "eq": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def limit(name: str, value: Any) -> int:
    number = params.integer(name, value)
    if not 1 <= number <= 100:
        bound = "greater than or equal to 1" if number < 1 else "less than or equal to 100"
        raise invalid(
            f"This value must be {bound} (it currently is '{number}').",
            saved=False,
            code="parameter_invalid_integer",
            param=name,
        )
    return number


LIST: dict[str, params.Reader] = {
    "limit": limit,
    "starting_after": params.filled,
    "ending_before": params.filled,
    "created": params.created,
}


def page(call: Call, kind: str, given: Object, *, url: str, equal: Sequence[str] = ()) -> Object:
    """One page of the objects of `kind` that `given` leaves; `equal` names fields compared as they are."""
    if "starting_after" in given and "ending_before" in given:
        raise invalid("Received both starting_after and ending_before parameters. Please pass in only one.")
    everything = call.account.all(kind)
    bounds = given.get("created", {})
    kept = [
        one
        for one in everything
        if all(one[name] == given[name] for name in equal if name in given)
        and all(COMPARE[bound](one["created"], value) for bound, value in bounds.items())
    ]
    size = given.get("limit", 10)
    order = {one["id"]: place for place, one in enumerate(everything)}
    for name in ("starting_after", "ending_before"):
        if name in given:
            call.account.get(kind, given[name], param=name)
    if "starting_after" in given:
        kept = [one for one in kept if order[one["id"]] > order[given["starting_after"]]]
    if "ending_before" in given:
        kept = [one for one in kept if order[one["id"]] < order[given["ending_before"]]]
        return {"object": "list", "data": kept[-size:], "has_more": len(kept) > size, "url": url}
    return {"object": "list", "data": kept[:size], "has_more": len(kept) > size, "url": url}
