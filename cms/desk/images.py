"""Pictures that staff upload pass the same cleaning as everybody's."""

from django.core.files.base import ContentFile, File
from wagtail.images.forms import BaseImageForm

from marketplace.pictures.cleaning import clean_upload


class CleanImageForm(BaseImageForm):  # type: ignore[misc]
    """Wagtail's form; what is kept is a new WebP file made from the upload."""

    def clean_file(self) -> "ContentFile[bytes] | File[bytes] | None":
        file: File[bytes] | None = self.cleaned_data["file"]
        return clean_upload(file) if file and "file" in self.changed_data else file
