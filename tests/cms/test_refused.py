"""The list of products that Elasticsearch refuses, in staff's admin."""

from typing import Any

import pytest
from django.urls import reverse

from search.models import Waiting
from tests import factories
from tests.cms.reading import page

pytestmark = pytest.mark.django_db


def test_what_was_refused_is_listed_with_its_reason_and_what_waits_is_not(editor: Any) -> None:
    tea, jam = factories.product("Trà sen"), factories.product("Mứt gừng")
    Waiting.objects.create(product_id=tea.pk, number=3, refused="mapper_parsing_exception: <giá>")
    Waiting.objects.create(product_id=jam.pk, number=1)
    html = page(editor, reverse("refused_products"))
    assert f'href="{tea.get_absolute_url()}"' in html
    assert "mapper_parsing_exception: &lt;giá&gt;" in html
    assert "Mứt gừng" not in html


def test_a_product_that_is_gone_may_still_be_refused(editor: Any) -> None:
    Waiting.objects.create(product_id=987_654, number=3, refused="quá lớn")
    assert "quá lớn" in page(editor, reverse("refused_products"))


def test_visitors_do_not_see_it(client: Any) -> None:
    assert client.get(reverse("refused_products")).status_code == 302
