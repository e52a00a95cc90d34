"""Background work of accounts: copies of data are made and expire, accounts are deleted after their grace."""

from typing import Any

from marketplace import clock
from marketplace.work.queue import handles, on_every_run

from .privacy import erasing, exporting


@handles(exporting.JOB)
def make_export(key: str, payload: dict[str, Any]) -> None:
    exporting.make_export(export_id=int(key), moment=clock.now())


@handles(erasing.JOB)
def erase_account(key: str, payload: dict[str, Any]) -> None:
    erasing.erase(deletion_id=int(key), moment=clock.now())


@on_every_run
def forget_exports() -> None:
    exporting.forget_exports(moment=clock.now())
