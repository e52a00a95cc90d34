"""Every mail there is, with its invented people and things. Whether it is all English: tests/project/test_translations.py."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from marketplace.communication import kinds
from marketplace.communication.kinds import Kind
from marketplace.communication.rendering import Rendered, render_sample

PUBLIC = {"number", "state", "label", "day", "first", "last", "payment_state", "language", "link"}
"""What a subject may say: numbers of orders, states, days. Every other text of a sample is private."""
OF_NO_PERSON = frozenset({"maker", "what"})
"""A subject may name the producer, and what of an account was changed, too."""
BOTH = [code for code, _name in settings.LANGUAGES]

pytestmark = [
    pytest.mark.parametrize("language", BOTH),
    pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.name),
]


def private_texts(value: Any, key: str = "", but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text in a sample, however deep, that is not public by its name; what is called as in `but` is left out."""
    if key in but:
        return
    if isinstance(value, str):
        if key not in PUBLIC and len(value) > 2:
            yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from private_texts(inner, name, but)
    elif isinstance(value, list | tuple | set):
        for inner in value:
            yield from private_texts(inner, key, but)
    elif hasattr(value, "__dict__"):
        yield from private_texts(vars(value), but=but)


@pytest.fixture
def mail(kind: Kind, language: str) -> Rendered:
    return render_sample(kind=kind, language=language)


def test_a_subject_is_one_short_line_that_tells_nothing_private(
    mail: Rendered, kind: Kind, language: str
) -> None:
    with override(language):
        private = set(private_texts(kind.sample(), but=OF_NO_PERSON))
    assert 0 < len(mail.subject) <= 90
    assert [text for text in private if text.casefold() in mail.subject.casefold()] == []


def test_plain_text_is_plain(mail: Rendered) -> None:
    assert re.findall(r"<\w+|</|&\w+;|&#|\{\{|\{%|\n\n\n| $", mail.text, re.MULTILINE) == []
    assert len(mail.text.split("\n--\n")[0].split()) >= 6


def test_html_is_whole_and_fetches_nothing(mail: Rendered, language: str) -> None:
    assert mail.html.startswith("<!DOCTYPE html>")
    assert mail.html.count("<h1") == 1
    assert f'<html lang="{language}">' in mail.html
    assert re.findall(r"\{\{|\{%|<script|<img|<link|url\(|&amp;lt;|&amp;amp;", mail.html) == []


def test_links_are_whole_and_in_the_language_of_the_mail(mail: Rendered, language: str) -> None:
    site = settings.SITE_ADDRESS + ("" if language == "vi" else f"/{language}")
    links = re.findall(r'href="([^"]*)"', mail.html) + re.findall(r"https?://\S+", mail.text)
    assert links != []
    assert [link for link in links if not link.startswith(f"{site}/")] == []


def test_a_mail_says_where_a_notification_leads(mail: Rendered) -> None:
    if mail.link:
        whole = settings.SITE_ADDRESS + mail.link
        assert whole in mail.text
        assert whole in mail.html
