"""A form's field for several pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from .cleaning import clean_upload


class PhotosInput(forms.FileInput):
    """One control that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


class PhotosField(forms.FileField):
    """At most `most` pictures, each cleaned; the first that is none stops the form with its name."""

    widget = PhotosInput

    def __init__(self, *, most: int, longest_side: int, **options: Any) -> None:
        super().__init__(**options)
        self.most, self.longest_side = most, longest_side
        self.widget.attrs |= {"accept": "image/jpeg,image/png,image/webp"}

    def clean(self, data: Sequence[Any], initial: Any = None) -> "list[ContentFile[bytes]]":
        if len(data) > self.most:
            words = _("Bạn chọn nhiều nhất %(most)d ảnh. Bạn chọn lại ảnh nhé, chữ đã viết vẫn còn.")
            raise forms.ValidationError(words, code="many", params={"most": self.most})
        return [self._cleaned(file) for file in data]

    def _cleaned(self, file: "File[bytes]") -> "ContentFile[bytes]":
        try:
            return clean_upload(file, longest_side=self.longest_side)
        except forms.ValidationError as error:
            words = _("“%(name)s”: %(why)s Bạn chọn lại ảnh nhé, chữ đã viết vẫn còn.")
            params = {"name": (file.name or "")[:60], "why": " ".join(error.messages)}
            raise forms.ValidationError(words, code=error.code, params=params) from error
