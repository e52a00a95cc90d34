"""From a kind and its context to subject, plain text and HTML in the recipient's language."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.text import Truncator
from django.utils.translation import override

from .kinds import Kind

LONGEST_SUBJECT = 150
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Rendered:
    """`subject` is one line; `html` a whole document; `link` a path on the shop, or empty."""

    subject: str
    text: str
    html: str
    link: str


def render(*, kind: Kind, data: dict[str, Any], language: str) -> Rendered | None:
    """A message as its recipient will see it; None when there is nothing to tell any more."""
    with override(language):
        context = kind.context(data)
        return None if context is None else _rendered(kind, context, language)


def render_sample(*, kind: Kind, language: str) -> Rendered:
    """A message as staff look at it, about invented people and things."""
    with override(language):
        return _rendered(kind, kind.sample(), language)


def _rendered(kind: Kind, context: dict[str, Any], language: str) -> Rendered:
    folder = f"communication/{kind.name}"
    values = context | {
        "language": language,
        "shop_name": settings.OSCAR_SHOP_NAME,
        "demo_notice": settings.DEMO_NOTICE,
    }
    subject = one_line(_plain(f"{folder}/subject.txt", values))
    values["subject"] = subject
    return Rendered(
        subject=subject,
        text=_paragraphs(_plain(f"{folder}/body.txt", values)),
        html=render_to_string(f"{folder}/body.html", values).strip() + "\n",
        link=context.get("link", ""),
    )


def one_line(text: str) -> str:
    """Text fit for a header: without line breaks and other control characters, not endless."""
    return Truncator(" ".join(_CONTROL.sub(" ", text).split())).chars(LONGEST_SUBJECT)


def _plain(name: str, values: dict[str, Any]) -> str:
    """Django escapes for HTML whatever a template is named; plain text must come without entities."""
    template: Any = get_template(name)
    return str(template.template.render(Context(values, autoescape=False)))


def _paragraphs(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
