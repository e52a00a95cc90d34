"""The end of an account: asked for, waited for a day in which it can be taken back, then done in one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.models import User
from marketplace.accounts.models.request import Deletion, DeletionState
from marketplace.audit.models import record
from marketplace.communication.outbox import post
from marketplace.work.queue import enqueue

from . import Person, sections
from .person import person_of

JOB = "erase_account"
PLANNED, DONE, STOPPED = "deletion_planned", "deletion_done", "deletion_stopped"


class CannotErase(ValueError):
    """Something stands in the way; `reasons` says what, in the active language."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_against(person: Person) -> list[str]:
    """Why the account may not go yet: what every section says."""
    return [reason for each in sections() if each.stops for reason in each.stops(person)]


@transaction.atomic
def ask_for_deletion(*, user: User, language: str, moment: datetime) -> Deletion:
    """Have the account deleted when the grace is over; asking again changes nothing. Raises CannotErase."""
    if reasons := reasons_against(person_of(user)):
        raise CannotErase(reasons)
    due = moment + timedelta(hours=settings.ACCOUNT_DELETION_GRACE_HOURS)
    try:
        with transaction.atomic():
            deletion = Deletion.objects.create(user=user, requested_at=moment, due_at=due)
    except IntegrityError:
        return Deletion.objects.get(user=user, state=DeletionState.WAITING)
    enqueue(kind=JOB, key=str(deletion.pk), due_at=due)
    record(action="account.deletion_asked", target=deletion)
    _tell(PLANNED, deletion, user, language)
    return deletion


def take_back(*, user_id: int, moment: datetime) -> bool:
    """Let the account stay; whether there was something to take back."""
    waiting = Deletion.objects.filter(user_id=user_id, state=DeletionState.WAITING)
    return bool(waiting.update(state=DeletionState.TAKEN_BACK, ended_at=moment))


@transaction.atomic
def erase_at_once(*, user: User, actor: Any, moment: datetime) -> None:
    """Staff delete somebody's account, without grace; recorded. Raises CannotErase."""
    if reasons := reasons_against(person_of(user)):
        raise CannotErase(reasons)
    facts = {"requested_at": moment, "due_at": moment}
    waiting, _new = Deletion.objects.get_or_create(user=user, state=DeletionState.WAITING, defaults=facts)
    record(action="account.deletion_by_staff", target=waiting, actor=actor)
    erase(deletion_id=waiting.pk, moment=moment)


@transaction.atomic
def erase(*, deletion_id: int, moment: datetime) -> None:
    """Forget the person, or tell them why not. Done, taken back or stopped deletions are left alone.

    The account's row is held, so that no order is placed with it meanwhile.
    """
    deletion = Deletion.objects.select_for_update(of=("self",)).filter(pk=deletion_id).first()
    if deletion is None or deletion.state != DeletionState.WAITING:
        return
    user = User.objects.select_for_update(of=("self",)).get(pk=deletion.user_id)
    person = person_of(user)
    stopped = bool(reasons_against(person))
    if not stopped:
        for section in sections():
            if section.erase:
                section.erase(person, moment)
    state = DeletionState.STOPPED if stopped else DeletionState.DONE
    Deletion.objects.filter(pk=deletion_id).update(state=state, ended_at=moment)
    record(action=f"account.deletion_{state.value}", target=deletion)
    _tell(STOPPED if stopped else DONE, deletion, user, user.language)
    if not stopped:
        user.delete()


def _tell(kind: str, deletion: Deletion, user: User, language: str) -> None:
    """By mail; a notification on pages that are going away would be read by nobody."""
    post(
        kind=kind,
        key=f"{kind}:{deletion.pk}",
        data={"deletion": deletion.pk},
        to=user.email or "",
        user_id=None if kind == DONE else user.pk,
        language=language,
    )


def effects() -> list[str]:
    """What deleting does, and when, for the page that asks once more."""
    hours = settings.ACCOUNT_DELETION_GRACE_HOURS
    waits = ngettext(
        "Tài khoản được xóa sau %(hours)d giờ kể từ lúc bạn yêu cầu. Trước lúc ấy bạn vẫn giữ lại được.",
        "Tài khoản được xóa sau %(hours)d giờ kể từ lúc bạn yêu cầu. Trước lúc ấy bạn vẫn giữ lại được.",
        hours,
    )
    return [
        *([waits % {"hours": hours}] if hours else []),
        _(
            "Xóa hẳn: tài khoản, mật khẩu, sổ địa chỉ, danh sách yêu thích, giỏ hàng, thông báo, bản sao dữ liệu."
        ),
        _("Giữ lại theo luật: đơn hàng với số tiền và thông tin hóa đơn, đến hết thời hạn kế toán, thuế."),
        _("Tên, số điện thoại và địa chỉ trong đơn hàng được xóa khi hết thời hạn giải quyết khiếu nại."),
        _("Lời đánh giá bạn đã viết vẫn còn, không kèm tên bạn."),
        _("Sau đó, email và số điện thoại của bạn có thể dùng để đăng ký lại từ đầu."),
    ]
