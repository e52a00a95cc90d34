import gettext
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.utils import translation

from marketplace.communication import kinds
from marketplace.communication.rendering import render_sample
from tests.communication.test_every_kind import private_texts
from tests.conftest import lacks
from tests.project.tree import ROOT

PACKAGES = ("django", "oscar", "wagtail", "phonenumber_field")


def texts(language: str) -> list[str]:
    with (ROOT / "locale" / language / "LC_MESSAGES/django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    singular = (key[0] if isinstance(key, tuple) else key for key in catalogue)
    return [text.rpartition("\x04")[2] for text in singular if text]


def texts_of_packages() -> str:
    site = Path(django.__file__).parents[1]
    catalogues = (po for name in PACKAGES for po in (site / name).rglob("locale/en/LC_MESSAGES/django.po"))
    return "".join(po.read_text("utf-8").replace('"\n"', "") for po in catalogues)


def test_translations_are_collected_compiled_and_complete() -> None:
    if shutil.which("msgfmt") is None:
        lacks("gettext")
    command = [sys.executable, ROOT / "scripts/messages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_our_vietnamese_is_shown_as_it_is_written() -> None:
    with translation.override("vi"):
        assert [text for text in texts("en") if translation.gettext(text) != text] == []


def test_vietnamese_is_given_only_for_texts_that_a_package_has() -> None:
    known = texts_of_packages().replace('\\"', '"')
    assert [text for text in texts("vi") if f'msgid "{text}"' not in known] == []


@pytest.mark.parametrize(("count", "said"), [(1, "1 product"), (2, "2 products")])
def test_english_counts(count: int, said: str) -> None:
    with translation.override("en"):
        assert translation.ngettext("%(n)s sản phẩm", "%(n)s sản phẩm", count) % {"n": count} == said


@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.name)
def test_english_mails_are_english(kind: kinds.Kind) -> None:
    mail = render_sample(kind=kind, language="en")
    with translation.override("en"):
        given = sorted({*private_texts(kind.sample()), "Chợ OCOP"}, key=len, reverse=True)
    written = " ".join([mail.subject, mail.text, html.unescape(mail.html)])
    for text in given:
        written = written.replace(text, "")
    assert re.findall(r"[^\W\d_]*[À-ỹ][^\W\d_]*", written) == []
