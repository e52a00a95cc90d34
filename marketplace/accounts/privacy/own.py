"""What this package itself knows of a person: the account, its consents, its requests."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.consents import (
    MARKETING,
    consents_of,
    contact_hash,
    record_consent,
    wants_marketing,
)
from marketplace.accounts.models import User
from marketplace.accounts.models.consent import Consent, Source
from marketplace.accounts.models.request import DataExport, Deletion

from . import Person, register


def _account(person: Person) -> dict[str, Any]:
    user = User.objects.get(pk=person.user_id)
    return {
        "name": user.get_full_name(),
        "email": user.email,
        "emails_confirmed": list(person.emails),
        "phone": user.phone,
        "language": user.language,
        "joined": user.date_joined,
        "last_signed_in": user.last_login,
    }


def _staff(person: Person) -> list[str]:
    user = User.objects.get(pk=person.user_id)
    if user.is_staff or user.is_superuser or user.groups.exists():
        return [_("Tài khoản này là của nhân viên. Bạn nhờ người quản trị rút quyền trước.")]
    return []


def _consents(person: Person) -> list[Any]:
    rows = consents_of(user_id=person.user_id, contacts=person.contacts)
    return list(rows.values("purpose", "text_version", "given", "at", "ip", "source"))


def _erase_consents(person: Person, moment: datetime) -> None:
    """They stay as proof of what was agreed, without the person: a hash remains, and no network address."""
    if wants_marketing(user_id=person.user_id):
        record_consent(
            text=MARKETING, given=False, source=Source.DELETION, moment=moment, user_id=person.user_id
        )
    hashed = contact_hash(person.email or person.phone)
    Consent.objects.filter(user_id=person.user_id).update(user=None, ip=None, contact_hash=hashed)


def _requests(person: Person) -> dict[str, Any]:
    exports = DataExport.objects.filter(user_id=person.user_id)
    deletions = Deletion.objects.filter(user_id=person.user_id)
    return {
        "exports": list(exports.values("requested_at", "ready_at", "expires_at")),
        "deletions": list(deletions.values("requested_at", "due_at", "state", "ended_at")),
    }


def register_own() -> None:
    """The sections of this package."""
    register("account", title=gettext_lazy("Tài khoản"), export=_account, stops=_staff)
    register("consents", title=gettext_lazy("Sự đồng ý"), export=_consents, erase=_erase_consents)
    register("requests", title=gettext_lazy("Yêu cầu về dữ liệu"), export=_requests)
