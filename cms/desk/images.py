"""Pictures that staff upload pass the same cleaning as everybody's."""

from django.core.files.base import ContentFile, File
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.images.forms import BaseImageForm

from marketplace.pictures.cleaning import clean_upload

AVATAR_SIDE = 400


class CleanImageForm(BaseImageForm):  # type: ignore[misc]
    """Wagtail's form; what is kept is a new WebP file made from the upload."""

    def clean_file(self) -> "ContentFile[bytes] | File[bytes] | None":
        file: File[bytes] | None = self.cleaned_data["file"]
        return clean_upload(file) if file and "file" in self.changed_data else file


class CleanAvatarForm(AvatarPreferencesForm):  # type: ignore[misc]
    """Wagtail's form for the picture of one's own account; it would keep small ones as they are, place and all."""

    def clean_avatar(self) -> "ContentFile[bytes] | File[bytes] | None":
        file: File[bytes] | None = self.cleaned_data["avatar"]
        return clean_upload(file, longest_side=AVATAR_SIDE) if file else self._original_avatar
