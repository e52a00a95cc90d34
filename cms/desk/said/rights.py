"""Who may do what with reviews and questions; the rights are given to groups in Wagtail's settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from marketplace.questions.answering import ANSWER_RIGHT, MODERATE_RIGHT
from marketplace.reviews import moderation, replying

REVIEWS = (moderation.RIGHT, replying.RIGHT)
QUESTIONS = (MODERATE_RIGHT, ANSWER_RIGHT)


def has_any(user: Any, rights: tuple[str, ...]) -> bool:
    return any(user.has_perm(right) for right in rights)


def needs_any(*rights: str) -> Callable[[Any], Any]:
    """A view for whoever has one of these rights."""

    def guard(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not has_any(request.user, rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in (*REVIEWS, *QUESTIONS)]
    return Permission.objects.filter(content_type__app_label__in=["reviews", "questions"], codename__in=names)


class ItemOfRights(MenuItem):  # type: ignore[misc]
    """An entry of the menu that only they see who may open it."""

    def __init__(self, *args: Any, rights: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rights = rights

    def is_shown(self, request: HttpRequest) -> bool:
        return has_any(request.user, self.rights)
