from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from marketplace import clock
from producers.models import Membership, Producer, Role
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


def person(name: str = "may") -> object:
    return get_user_model().objects.create_user(f"{name}@vidu.example", "mật khẩu")


@pytest.fixture
def maker() -> Producer:
    return factories.producer()


def test_a_producers_people_are_listed_once_with_their_roles(maker: Producer) -> None:
    Membership.objects.create(producer=maker, user=person("chu"), role=Role.OWNER, since=date(2025, 1, 1))
    with clock.at(DAY):
        Membership.objects.create(producer=maker, user=person("nhan-vien"), role=Role.STAFF)
    people = [(one.user.email, one.role, one.since, one.until) for one in maker.memberships.all()]
    assert people == [
        ("chu@vidu.example", "owner", date(2025, 1, 1), None),
        ("nhan-vien@vidu.example", "staff", DAY, None),
    ]
    assert not maker.partner.users.exists()


def test_somebody_may_work_for_two_producers_and_come_back_to_one(maker: Producer) -> None:
    user, other = person(), factories.producer()
    first = {"producer": maker, "user": user, "role": Role.STAFF}
    Membership.objects.create(**first, since=date(2024, 1, 1), until=date(2024, 12, 31))
    Membership.objects.create(**first | {"role": Role.MANAGER}, since=date(2025, 6, 1))
    Membership.objects.create(**first | {"producer": other}, since=date(2025, 6, 1))
    assert [str(one.role) for one in maker.memberships.all()] == ["staff", "manager"]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"role": "king"}, "membership_role_known"),
        ({"until": date(2025, 12, 31)}, "membership_until_after_since"),
    ],
)
def test_what_makes_no_sense_is_not_stored(
    maker: Producer, wrong: dict[str, object], constraint: str
) -> None:
    fields = {"producer": maker, "user": person(), "role": Role.OWNER, "since": date(2026, 1, 1)}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Membership.objects.create(**fields | wrong)
    Membership.objects.create(**fields | {"until": date(2026, 1, 1)})


def test_nobody_has_two_open_roles_with_one_producer(maker: Producer) -> None:
    fields = {"producer": maker, "user": person(), "since": DAY}
    Membership.objects.create(**fields, role=Role.STAFF)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**fields, role=Role.OWNER)
