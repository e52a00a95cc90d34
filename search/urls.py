from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("san-pham/", views.browse, name="browse"),
    path("tim-kiem/", views.browse, name="search"),
    path("goi-y/", views.suggest, name="suggest"),
    path("cach-xep-hang/", views.ranking, name="ranking"),
    path("tuoi/", views.state_age, name="adult"),
]
