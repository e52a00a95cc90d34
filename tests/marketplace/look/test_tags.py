import json
from typing import Any

import pytest
from django import forms
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import translation


def shown(source: str, address: str = "/", **context: Any) -> str:
    template = Template("{% load look %}" + source)
    return template.render(RequestContext(RequestFactory().get(address), context))


@pytest.mark.parametrize(("language", "address"), [("vi", "/gio-hang/"), ("en", "/en/gio-hang/")])
def test_a_path_stays_in_the_language_of_the_page(language: str, address: str) -> None:
    with translation.override(language):
        assert shown("{% path '/gio-hang/' %}") == address


@pytest.mark.parametrize(
    ("here", "language", "there"),
    [
        ("/san-pham/?sao=4&sao=5", "en", "/en/san-pham/?sao=4&amp;sao=5"),
        ("/en/san-pham/?sao=4", "vi", "/san-pham/?sao=4"),
        ("/en/", "vi", "/"),
        ("/enzym/", "en", "/en/enzym/"),
    ],
)
def test_the_language_switch_keeps_page_and_filters(here: str, language: str, there: str) -> None:
    assert shown(f"{{% page_in '{language}' query=True %}}", here) == there


def test_a_changed_parameter_keeps_the_others_and_leaves_number_and_cursor_of_the_page() -> None:
    link = shown("{% url_with sao=5 %}", "/?q=che&sao=3&sao=4&tinh=ha-noi&trang=7&sau=WzAs")
    assert link == "?q=che&amp;tinh=ha-noi&amp;sao=5"


def test_vietnamese_texts_are_marked_on_an_english_page_only() -> None:
    with translation.override("en"):
        assert shown("<h1{% lang_vi %}>") == '<h1 lang="vi">'
    with translation.override("vi"):
        assert shown("<h1{% lang_vi %}>") == "<h1>"


def test_structured_data_cannot_leave_its_script() -> None:
    text = shown("{% json_ld data %}", data={"name": "</script><b>Trà & mứt"})
    assert "<" not in text
    assert "&" not in text
    assert json.loads(text) == {"name": "</script><b>Trà & mứt"}


def test_only_the_part_one_is_in_is_marked() -> None:
    assert shown("{% is_here '/san-pham/' %}", "/en/san-pham/che_1/") == ' aria-current="true"'
    assert shown("{% is_here '/nha-san-xuat/' %}", "/san-pham/") == ""


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    class Form(forms.Form):
        phone = forms.CharField(help_text="Người giao hàng gọi số này.")

    html = Template("{% include 'components/field.html' %}").render(Context({"field": Form({})["phone"]}))
    assert 'class="input"' in html
    assert 'aria-invalid="true"' in html
    for target in ("id_phone_error", "id_phone_helptext"):
        assert f'id="{target}"' in html
        assert html.count(target) == 2
