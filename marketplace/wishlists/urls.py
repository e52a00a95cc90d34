from django.urls import path

from . import views

app_name = "wishlist"
urlpatterns = [
    path("", views.overview, name="list"),
    path("doi/", views.change, name="change"),
    path("<int:pk>/bo/", views.remove, name="remove"),
]
