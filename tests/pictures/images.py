"""Files that people upload, made by hand."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture_file(
    size: tuple[int, int] = (900, 600), kind: str = "JPEG", name: str = "che.jpg", **options: object
) -> SimpleUploadedFile:
    """A picture whose left half is red and right half green."""
    image = Image.new("RGB", size, (0, 128, 0))
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    content = BytesIO()
    image.save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue())
