"""Links to a new password, issued by staff to whoever has no e-mail address to get one at.

1. Staff, who have made sure whom they talk to, issue a link; earlier ones of the account end. It is recorded.
2. The link is shown to them once, and kept as a digest.
3. Its holder chooses a password; the link ends in the same transaction, the sessions of the account with it, and so
   does an e-mail address that waits for its confirmation.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.audit.models import record

from .identities import drop_waiting_address
from .messages import tell_of_change
from .models import ResetLink, User
from .second_factor import is_staff

GOOD_FOR = timedelta(hours=24)


class CannotIssue(ValueError):
    """The account gets its link another way; the message says which."""


class LinkEnded(ValueError):
    """The link does not count any more; the message says what happened and what to do."""


def why_not(user: User) -> str:
    """Why an account gets no such link; "" when it does."""
    if is_staff(user):
        return _("Tài khoản nhân viên đặt lại mật khẩu bằng email.")
    if user.email:
        return _("Tài khoản này có email, nên tự đặt lại mật khẩu bằng email.")
    if not user.is_active:
        return _("Tài khoản này đã ngừng hoạt động.")
    return ""


@transaction.atomic
def issue(*, user: User, actor: Any) -> str:
    """The secret end of the link's address, which nobody can read again. Raises CannotIssue."""
    if reason := why_not(user):
        raise CannotIssue(reason)
    moment, token = clock.now(), secrets.token_urlsafe(32)
    ResetLink.objects.filter(user=user, ended_at=None).update(ended_at=moment)
    link = ResetLink.objects.create(
        user=user,
        digest=_digest(token),
        issued_by=actor,
        issued_at=moment,
        expires_at=moment + GOOD_FOR,
    )
    record(action="reset_link.issued", target=user, actor=actor, after={"link": link.pk})
    return token


def holder(*, token: str) -> User:
    """Whose password the link may set. Raises LinkEnded."""
    link = ResetLink.objects.select_related("user").filter(digest=_digest(token)).first()
    if link is None:
        raise LinkEnded(_("Liên kết không đúng, có thể bị cắt mất một phần. Bạn mở lại liên kết đầy đủ."))
    if link.ended_at:
        raise LinkEnded(
            _("Liên kết này đã được dùng, hoặc đã có liên kết mới thay. Bạn nhờ nhân viên cấp lại.")
        )
    if link.expires_at <= clock.now():
        raise LinkEnded(_("Liên kết này đã quá 24 giờ. Bạn nhờ nhân viên cấp liên kết mới."))
    if reason := why_not(link.user):
        raise LinkEnded(reason)
    return link.user


@transaction.atomic
def use(*, token: str, password: str) -> User:
    """Set the password, once; other sessions of the account end with the old one. Raises LinkEnded."""
    user = holder(token=token)
    moment = clock.now()
    ended = ResetLink.objects.filter(digest=_digest(token), ended_at=None, expires_at__gt=moment)
    if not ended.update(ended_at=moment):
        raise LinkEnded(
            _("Liên kết này đã được dùng, hoặc đã có liên kết mới thay. Bạn nhờ nhân viên cấp lại.")
        )
    user.set_password(password)
    user.save(update_fields=["password"])
    drop_waiting_address(user)
    tell_of_change(user, what="password_reset", to="")
    record(action="reset_link.used", target=user)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
