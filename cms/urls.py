"""Addresses of pages, last of all: whatever the shop has not taken. In both languages."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

from cms import sitemaps, views

urlpatterns = [
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", sitemaps.robots, name="robots"),
    re_path(wagtail_urls.serve_pattern, views.serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
