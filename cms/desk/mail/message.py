"""One message: how it stands, to whom it went, and sending it again. Opening it is recorded: it shows an address."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from marketplace.audit.models import Entry, record
from marketplace.communication.models import Message, MessageState
from marketplace.communication.outbox import SENT_AGAIN, STUCK, CannotSendAgain, send_again

from . import rights
from .about import orders_of
from .listing import NAME, title_of

OPENED = "message_opened"
MEANING = {
    MessageState.WAITING: gettext_lazy("Thư sẽ được gửi ngay khi đến lượt; gặp lỗi tạm thời thì thử lại trong một ngày."),
    MessageState.SENDING: gettext_lazy("Thư đang trên đường đến máy chủ thư."),
    MessageState.SENT: gettext_lazy("Máy chủ thư đã nhận; người chỉ có số điện thoại thấy thông báo trong tài khoản."),
    MessageState.DROPPED: gettext_lazy("Đến lúc gửi thì việc cần báo không còn nữa."),
    MessageState.FAILED: gettext_lazy("Máy chủ thư từ chối, hoặc đã thử suốt một ngày mà không được."),
    MessageState.UNCERTAIN: gettext_lazy(
        "Chương trình gửi thư dừng đột ngột, hoặc máy chủ không trả lời: thư có thể đã đến, có thể chưa. "
        "Gửi lại thì người nhận có thể thấy hai lần."
    ),
}  # fmt: skip


@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.select_related("user"), pk=pk)
    record(action=OPENED, target=message, actor=request.user)
    return render(request, "cms/desk/mail/message.html", _context(message, request.user))


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Message, pk=pk)
    try:
        send_again(message_id=pk, actor=request.user)
    except CannotSendAgain:
        messages.error(request, _("Thư này không gửi lại được: nó đã đến, đang gửi, hoặc đã xóa địa chỉ."))
    else:
        messages.success(request, _("Thư sẽ được gửi lại ngay."))
    return redirect("desk_message", pk)


def _context(message: Message, user: Any) -> dict[str, Any]:
    title = title_of(message)
    mine = Entry.objects.filter(
        content_type=ContentType.objects.get_for_model(Message), object_id=str(message.pk), action=SENT_AGAIN
    )
    stuck = message.state in STUCK and message.forgotten_at is None
    return {
        "message": message,
        "title": title,
        "meaning": MEANING[MessageState(message.state)],
        "order": orders_of([message]).get(message.pk),
        "sent_again": mine.select_related("actor")[:20],
        "may_send": stuck and user.has_perm(rights.SEND),
        "page_title": title,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Trang đầu")},
            {"url": reverse(NAME), "label": _("Thư và thông báo")},
            {"url": "", "label": title},
        ],
    }
