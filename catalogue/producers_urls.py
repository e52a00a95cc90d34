from django.urls import path

from . import producer_views

app_name = "producers"
urlpatterns = [
    path("", producer_views.index, name="list"),
    path("<slug:slug>_<int:pk>/", producer_views.detail, name="detail"),
]
