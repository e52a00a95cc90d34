import pytest
from django.db import transaction

from marketplace.accounts.models import User
from marketplace.audit.models import Entry, record

pytestmark = pytest.mark.django_db


def test_it_keeps_who_did_what_for_whom() -> None:
    staff = User.objects.create_superuser("staff@example.vn", "x")
    producer = User.objects.create_user(phone="+84912345678")
    record(
        action="name.change",
        target=producer,
        actor=staff,
        acting_for=producer,
        before={"n": 1},
        after={"n": 2},
    )
    entry = Entry.objects.get()
    assert (entry.actor, entry.acting_for, entry.object_id) == (staff, producer, str(producer.pk))
    assert (entry.before, entry.after) == ({"n": 1}, {"n": 2})


def test_an_action_that_is_rolled_back_leaves_no_entry() -> None:
    user = User.objects.create_user(phone="+84912345678")
    with pytest.raises(RuntimeError), transaction.atomic():
        record(action="name.change", target=user)
        raise RuntimeError
    assert not Entry.objects.exists()


def test_an_entry_outlives_its_actor() -> None:
    staff = User.objects.create_superuser("staff@example.vn", "x")
    record(action="name.change", target=staff, actor=staff)
    staff.delete()
    assert Entry.objects.get().actor is None
