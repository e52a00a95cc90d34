import pytest
from django.db import IntegrityError

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_user_needs_an_email_or_a_phone() -> None:
    with pytest.raises(ValueError, match="e-mail address or a phone"):
        User.objects.create_user(password="x")


def test_two_people_without_email_can_exist() -> None:
    User.objects.create_user(phone="+84912345678")
    User.objects.create_user(phone="+84912345679")
    assert User.objects.filter(email__isnull=True).count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": None, "phone": None},
        {"email": "a@example.vn", "phone": "0912345678"},
    ],
)
def test_the_database_refuses(fields: dict[str, str | None]) -> None:
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(**fields)])


def test_the_same_email_in_other_case_is_the_same() -> None:
    User.objects.create_user("An@example.vn")
    with pytest.raises(IntegrityError):
        User.objects.create_user("an@example.VN")


def test_a_phone_belongs_to_one_person() -> None:
    User.objects.create_user(phone="+84912345678")
    with pytest.raises(IntegrityError):
        User.objects.create_user("b@example.vn", phone="+84912345678")


def test_cleaning_keeps_a_missing_email_null() -> None:
    user = User(email="", phone="+84912345678", password="x")
    user.clean()
    assert user.email is None


def test_staff_are_found_by_email_whatever_its_case() -> None:
    user = User.objects.create_superuser("staff@example.vn", "secret")
    assert User.objects.get_by_natural_key("STAFF@example.vn") == user
    assert user.is_staff
    assert user.is_superuser
