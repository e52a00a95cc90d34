"""Takes files of banks and carriers: each line once, all of a file or nothing; what is refused is recorded.

Lines are matched in the background, each by a job of its own, so that one that stumbles keeps no other waiting.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.work.queue import enqueue_many

from .comparing.asking import ask_again
from .models import FileKind, FileLayout, Import, ImportState, Line, Source
from .reading import Entry, Unreadable, read

MATCH = "reconciliation.line"
AT_ONCE = 500


def import_file(*, layout: FileLayout, name: str, content: bytes, user: Any, moment: datetime) -> Import:
    """The import, taken or refused; its `state` says which. A file taken again adds nothing."""
    facts = {
        "layout": layout,
        "name": name.replace("\x00", "")[:200],
        "digest": hashlib.sha256(content).hexdigest(),
        "at": moment,
        "by": user,
    }
    try:
        if layout.kind == FileKind.CARRIER and not layout.carrier_id:
            raise Unreadable(_("Bố cục này chưa chọn đơn vị vận chuyển."))
        entries = read(content, layout, today=moment.astimezone(clock.VIETNAM).date())
        marked = list(_marked(entries, layout))
        _check_known(marked)
    except Unreadable as error:
        return Import.objects.create(state=ImportState.REFUSED, reason=str(error)[:500], **facts)
    return _take(marked, layout, facts)


@transaction.atomic
def _take(marked: list[tuple[str, Entry]], layout: FileLayout, facts: dict[str, Any]) -> Import:
    days = [entry.day for _mark, entry in marked]
    made = Import.objects.create(
        state=ImportState.TAKEN, rows=len(marked), first_day=min(days), last_day=max(days), **facts
    )
    # In one order for everybody: two uploads at the same moment wait for each other instead of locking each other out.
    lines = [_line(made, layout, mark, entry) for mark, entry in sorted(marked, key=lambda one: one[0])]
    Line.objects.bulk_create(lines, ignore_conflicts=True, batch_size=AT_ONCE)
    new = list(Line.objects.filter(imported=made).order_by("row").values_list("pk", "day"))
    made.known = made.rows - len(new)
    made.save(update_fields=["known"])
    enqueue_many(kind=MATCH, jobs=[(str(key), {}) for key, _day in new])
    source = Source.BANK if layout.kind == FileKind.BANK else Source.CARRIER
    ask_again(source=source, days={day for _key, day in new} | {min(days), max(days)}, moment=facts["at"])
    return made


def _line(imported: Import, layout: FileLayout, mark: str, entry: Entry) -> Line:
    return Line(
        imported=imported,
        row=entry.row,
        carrier=layout.carrier,
        fingerprint=mark,
        day=entry.day,
        amount=entry.amount,
        fee=entry.fee,
        text=entry.text,
        reference=entry.reference,
        tracking=entry.tracking,
    )


def _marked(entries: list[Entry], layout: FileLayout) -> Iterator[tuple[str, Entry]]:
    """Each line with its fingerprint, each fingerprint once. Raises Unreadable where one reference stands for two."""
    seen: Counter[tuple[str, ...]] = Counter()
    referred: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        told = (str(entry.day), str(entry.amount), entry.text, entry.tracking, entry.reference)
        if entry.reference and layout.kind == FileKind.BANK:
            facts: tuple[str, ...] = ("reference", entry.reference, str(entry.amount))
            first = referred.setdefault(facts, entry)
            if (first.day, first.text) != (entry.day, entry.text):
                words = _(
                    "Dòng %(one)d và dòng %(two)d có cùng số tham chiếu và số tiền nhưng khác ngày hoặc nội dung. "
                    "Cột số tham chiếu của bố cục có thể sai."
                )
                raise Unreadable(words % {"one": first.row, "two": entry.row})
            if first is not entry:
                continue
        else:
            seen[told] += 1
            facts = (*told, str(seen[told]))
        yield _fingerprint(layout.book, facts), entry


def _check_known(marked: list[tuple[str, Entry]]) -> None:
    """A line that was taken before is left out; what only looks like it is somebody's money, and is not. Raises
    Unreadable."""
    days = dict(
        Line.objects.filter(fingerprint__in=[mark for mark, _entry in marked]).values_list(
            "fingerprint", "day"
        )
    )
    for mark, entry in marked:
        if days.get(mark, entry.day) != entry.day:
            words = _(
                "Dòng %(row)d có cùng số tham chiếu và số tiền với một dòng đã nhập của ngày %(day)s. "
                "Cột số tham chiếu hoặc cột ngày của bố cục có thể sai."
            )
            raise Unreadable(words % {"row": entry.row, "day": f"{days[mark]:%d/%m/%Y}"})


def _fingerprint(book: str, facts: tuple[str, ...]) -> str:
    return hashlib.sha256("\x1f".join((book, *facts)).encode()).hexdigest()
