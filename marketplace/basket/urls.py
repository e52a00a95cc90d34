from django.urls import path

from . import views

app_name = "basket"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("them/", views.add_view, name="add"),
    path("dong/<int:line_id>/", views.change_view, name="change"),
    path("dong/<int:line_id>/bo/", views.remove_view, name="remove"),
    path("noi-nhan/", views.province_view, name="province"),
]
