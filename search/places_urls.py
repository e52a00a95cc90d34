from django.urls import path

from . import places

app_name = "places"
urlpatterns = [
    path("tinh/<slug:slug>/", places.province, name="province"),
    path("vung/<slug:slug>/", places.region, name="region"),
]
