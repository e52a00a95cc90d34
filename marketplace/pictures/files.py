"""Removes files of pictures, never before the change that makes them useless is certain."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from .sizes import names_of


def delete_after_commit(*names: str) -> None:
    """Delete originals and their sizes once the transaction is committed; a rollback keeps them."""
    for name in {name for name in names if name}:
        transaction.on_commit(partial(_delete, name))


def _delete(name: str) -> None:
    for file in (name, *names_of(name)):
        default_storage.delete(file)
