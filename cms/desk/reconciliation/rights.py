"""Who may bring files, propose, confirm what others proposed, and explain; given to groups in Wagtail's settings."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

IMPORT = "reconciliation.import_statements"
PROPOSE = "reconciliation.propose_decisions"
CONFIRM = "reconciliation.confirm_decisions"
EXPLAIN = "reconciliation.explain_differences"
ANY = (IMPORT, PROPOSE, CONFIRM, EXPLAIN)


def registered() -> QuerySet[Permission]:
    """What Wagtail offers when a group is edited."""
    names = [right.split(".")[1] for right in ANY]
    return Permission.objects.filter(content_type__app_label="reconciliation", codename__in=names)
