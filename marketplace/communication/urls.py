"""One's own notifications, under /tai-khoan/thong-bao/."""

from django.urls import path

from . import views

app_name = "communication"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("da-doc/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_one, name="open"),
]
