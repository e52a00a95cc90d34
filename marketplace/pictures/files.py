"""Removes and renames files of pictures, never before the change that makes them useless is certain."""

import secrets
from functools import partial
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from .jobs import ask_for_sizes
from .sizes import names_of


def delete_after_commit(*names: str) -> None:
    """Delete originals and their sizes once the transaction is committed; a rollback keeps them."""
    for name in {name for name in names if name}:
        transaction.on_commit(partial(_delete, name))


def rename_secretly(name: str) -> str:
    """Copy an original to a name that nobody can guess, and return that; its sizes are asked for.

    What the old name led to goes once the transaction is committed: whoever kept its address gets nothing. Raises
    FileNotFoundError when there is no such file.
    """
    old = PurePosixPath(name)
    with default_storage.open(name) as file:
        new: str = default_storage.save(f"{old.parent}/{secrets.token_urlsafe(24)}{old.suffix}", file)
    ask_for_sizes(new)
    delete_after_commit(name)
    return new


def _delete(name: str) -> None:
    for file in (name, *names_of(name)):
        default_storage.delete(file)
