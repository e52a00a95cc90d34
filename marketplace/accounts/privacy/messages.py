"""What people are told about their data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models.request import DataExport, Deletion, DeletionState
from marketplace.clock import VIETNAM
from marketplace.communication.kinds import Context, Kind, register

from .erasing import DONE, PLANNED, STOPPED, reasons_against
from .exporting import KIND as EXPORT_READY
from .person import person_of

SAMPLE_MOMENT = datetime(2026, 11, 28, 9, 0, tzinfo=VIETNAM)


def _export(data: Mapping[str, Any]) -> Context | None:
    export = DataExport.objects.filter(pk=data["export"], content__isnull=False).first()
    return {"until": export.expires_at, "link": reverse("accounts:privacy")} if export else None


def _deletion(data: Mapping[str, Any], state: DeletionState) -> Deletion | None:
    found = Deletion.objects.select_related("user").filter(pk=data["deletion"], state=state)
    return found.first()


def _planned(data: Mapping[str, Any]) -> Context | None:
    deletion = _deletion(data, DeletionState.WAITING)
    return {"due": deletion.due_at, "link": reverse("accounts:delete")} if deletion else None


def _done(data: Mapping[str, Any]) -> Context | None:
    return {} if _deletion(data, DeletionState.DONE) else None


def _stopped(data: Mapping[str, Any]) -> Context | None:
    deletion = _deletion(data, DeletionState.STOPPED)
    if deletion is None or deletion.user is None:
        return None
    return {"reasons": reasons_against(person_of(deletion.user)), "link": reverse("accounts:delete")}


register(
    Kind(
        name=EXPORT_READY,
        title=_("Bản sao dữ liệu đã sẵn sàng"),
        context=_export,
        sample=lambda: {"until": SAMPLE_MOMENT, "link": reverse("accounts:privacy")},
    )
)
register(
    Kind(
        name=PLANNED,
        title=_("Tài khoản sắp được xóa"),
        context=_planned,
        sample=lambda: {"due": SAMPLE_MOMENT, "link": reverse("accounts:delete")},
    )
)
register(Kind(name=DONE, title=_("Tài khoản đã xóa"), context=_done, sample=dict, farewell=True))
register(
    Kind(
        name=STOPPED,
        title=_("Tài khoản chưa xóa được"),
        context=_stopped,
        sample=lambda: {
            "reasons": ["Đơn 261127-ABCDE còn kiện chưa giao xong."],
            "link": reverse("accounts:delete"),
        },
    )
)
