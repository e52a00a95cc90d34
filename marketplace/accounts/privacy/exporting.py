"""A person's copy of their data: asked for on a page, made by the worker, fetched within some days."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.accounts.models.request import DataExport
from marketplace.communication.outbox import post
from marketplace.work.queue import enqueue

from . import Person, sections
from .person import person_of

JOB = "data_export"
KIND = "data_export_ready"
A_DAY = timedelta(days=1)


class AskedAlready(ValueError):
    """A copy is being made, or was made within the last day; the text says so."""


@transaction.atomic
def ask_for_export(*, user_id: int, language: str, moment: datetime) -> DataExport:
    """Have the worker make a copy. Raises AskedAlready."""
    if DataExport.objects.filter(user_id=user_id, requested_at__gt=moment - A_DAY).exists():
        raise AskedAlready(_("Bạn đã yêu cầu trong ngày hôm nay. Mỗi ngày chúng tôi chuẩn bị một bản sao."))
    try:
        with transaction.atomic():
            export = DataExport.objects.create(user_id=user_id, language=language, requested_at=moment)
    except IntegrityError as error:
        raise AskedAlready(_("Bản sao đang được chuẩn bị.")) from error
    enqueue(kind=JOB, key=str(export.pk))
    return export


def make_export(*, export_id: int, moment: datetime) -> None:
    """Make the file of a request and tell its person; one that is made or gone is left alone."""
    export = DataExport.objects.select_related("user").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    with translation.override(export.language):
        content = zipped(person_of(export.user))
    made = DataExport.objects.filter(pk=export_id, ready_at=None).update(
        ready_at=moment, expires_at=moment + timedelta(days=settings.DATA_EXPORT_DAYS), content=content
    )
    if made:
        post(
            kind=KIND,
            key=f"{KIND}:{export_id}",
            data={"export": export_id},
            to=export.user.email or "",
            user_id=export.user_id,
            language=export.language,
        )


def zipped(person: Person) -> bytes:
    """A ZIP file with everything as JSON, and a text that says what is in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc-toi.txt", _read_me())
        archive.writestr("du-lieu.json", as_json({each.name: each.export(person) for each in sections()}))
    return file.getvalue()


def as_json(data: Any) -> str:
    """Readable by people too: indented, in their own letters."""
    return json.dumps(data, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def _read_me() -> str:
    lines = [
        _("Dữ liệu cá nhân của bạn trên Chợ OCOP"),
        "",
        _("Tệp du-lieu.json mở được bằng mọi trình soạn thảo văn bản. Các phần trong tệp:"),
        *(f"- {each.name}: {each.title}" for each in sections()),
    ]
    return "\n".join(lines) + "\n"


def forget_exports(*, moment: datetime) -> None:
    """The content of expired copies goes; that they were made stays."""
    DataExport.objects.filter(expires_at__lte=moment, content__isnull=False).update(content=None)
