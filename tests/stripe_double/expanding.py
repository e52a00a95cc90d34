"""`expand[]`: ids in an answer become the objects they name, up to four levels deep; in lists below `data`
(https://docs.stripe.com/api/expanding_objects)."""

from typing import Any

from tests.stripe_double.account import Account, Object, snapshot
from tests.stripe_double.errors import invalid

DEEPEST = 4


def expanded(account: Account, answer: Object, paths: list[str]) -> Object:
    """A copy of the answer with what the paths name in place."""
    whole = snapshot(answer)
    for path in paths:
        steps = path.split(".")
        if len([step for step in steps if step != "data"]) > DEEPEST:
            raise invalid(f"You cannot expand more than {DEEPEST} levels of a property.", param="expand")
        follow(account, whole, steps, path)
    return whole


def follow(account: Account, one: Any, steps: list[str], path: str) -> None:
    if isinstance(one, list):
        for item in one:
            follow(account, item, steps, path)
        return
    if not steps or one is None:
        return
    step, *rest = steps
    if one["object"] == "charge" and step == "refunds":
        one[step] = refunds_of(account, one)
    if step not in one or not isinstance(one[step], (str, dict, list, type(None))):
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(one[step], str):
        target = account.find(one[step])
        if target is None:
            raise invalid(f"This property cannot be expanded ({path}).", param="expand")
        one[step] = snapshot(target)
    follow(account, one[step], rest, path)


def refunds_of(account: Account, charge: Object) -> Object:
    data = [refund for refund in account.all("refund") if refund["charge"] == charge["id"]]
    url = f"/v1/charges/{charge['id']}/refunds"
    return {
        "object": "list",
        "data": snapshot({"data": data[:10]})["data"],
        "has_more": len(data) > 10,
        "url": url,
    }
