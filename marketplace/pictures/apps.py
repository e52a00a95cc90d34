from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "marketplace.pictures"
    label = "pictures"
    verbose_name = _("Hình ảnh")
