"""Reads the parameters of one request: which are known, which are needed, and what each must look like.

The codes are those of https://docs.stripe.com/error-codes: parameter_unknown, parameter_missing,
parameter_invalid_empty, parameter_invalid_integer, parameter_invalid_string_blank. What fails here never reaches an
endpoint, so no idempotency key keeps it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.stripe_double.errors import invalid, missing, not_modelled, unknown

Reader = Callable[[str, Any], Any]
KEYS, KEY_LENGTH, VALUE_LENGTH = 50, 40, 500  # https://docs.stripe.com/api/metadata


def read(
    raw: Mapping[str, Any], known: Mapping[str, Reader], *, needed: Sequence[str] = (), within: str = ""
) -> dict[str, Any]:
    """What was sent of `known`, read. `within` is the name of the group the parameters stand in."""
    for name in needed:
        if name not in raw:
            raise missing(named(within, name))
    for name in raw:
        if name not in known:
            raise unknown(named(within, name))
    return {name: known[name](named(within, name), value) for name, value in raw.items()}


def named(within: str, name: str) -> str:
    return f"{within}[{name}]" if within else name


def filled(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise invalid(f"Invalid string: {value}", saved=False, param=name)
    if value == "":
        raise invalid(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; "
            f"however '{name}' cannot be unset. You should remove '{name}' from your request or supply a non-empty "
            "value.",
            saved=False,
            code="parameter_invalid_empty",
            param=name,
        )
    return value


def text(name: str, value: Any) -> str | None:
    """A string that an empty one unsets."""
    return filled(name, value) if value != "" else None


def integer(name: str, value: Any) -> int:
    string = filled(name, value)
    digits = string.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise invalid(f"Invalid integer: {value}", saved=False, code="parameter_invalid_integer", param=name)
    return int(string)


def positive(name: str, value: Any) -> int:
    number = integer(name, value)
    if number < 1:
        raise invalid(
            "This value must be greater than or equal to 1.",
            saved=False,
            code="parameter_invalid_integer",
            param=name,
        )
    return number


def flag(name: str, value: Any) -> bool:
    if value not in {"true", "false"}:
        raise invalid(f"Invalid boolean: {value}", saved=False, param=name)
    return bool(value == "true")


def one_of(*choices: str) -> Reader:
    def reader(name: str, value: Any) -> str:
        if value not in choices:
            *most, last = choices
            listing = f"{', '.join(most)}, or {last}" if most else last
            raise invalid(f"Invalid {name}: must be one of {listing}", saved=False, param=name)
        return str(value)

    return reader


def strings(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid(f"Invalid array: {name}", saved=False, param=name)
    return value


def group(known: Mapping[str, Reader], *, needed: Sequence[str] = ()) -> Reader:
    def reader(name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise invalid("Invalid object", saved=False, param=name)
        return read(value, known, needed=needed, within=name)

    return reader


def metadata(name: str, value: Any) -> dict[str, str]:
    """Up to 50 keys of up to 40 characters, values of up to 500; an empty value unsets its key, an empty string in
    place of the whole unsets all (https://docs.stripe.com/api/metadata)."""
    if value == "":
        return {"": ""}
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise invalid("Invalid object", saved=False, param=name)
    for key, item in value.items():
        if len(key) > KEY_LENGTH or "[" in key or "]" in key:
            raise invalid(
                f"Metadata keys can have up to {KEY_LENGTH} characters: {key}", saved=False, param=name
            )
        if len(item) > VALUE_LENGTH:
            raise invalid(
                f"Metadata values can have up to {VALUE_LENGTH} characters, but you passed in a value that is "
                f"{len(item)} characters. Invalid value: {item[:40]}",
                saved=False,
                param=f"{name}[{key}]",
            )
    if len(value) > KEYS:
        raise invalid(f"Metadata can have up to {KEYS} keys", saved=False, param=name)
    return dict(value)


def merged(old: Mapping[str, str], change: Mapping[str, str]) -> dict[str, str]:
    if change == {"": ""}:
        return {}
    return {key: value for key, value in {**old, **change}.items() if value != ""}


def left_out(name: str, value: Any) -> Any:
    """Documented by Stripe, not modelled here."""
    raise not_modelled(name)


def created(name: str, value: Any) -> dict[str, int]:
    """An exact second, or bounds: `created[gt]`, `[gte]`, `[lt]`, `[lte]`."""
    if isinstance(value, str):
        return {"eq": integer(name, value)}
    bounds = dict.fromkeys(("gt", "gte", "lt", "lte"), integer)
    return group(bounds)(name, value)  # type: ignore[no-any-return]
