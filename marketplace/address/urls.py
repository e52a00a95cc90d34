from django.urls import path

from . import views

app_name = "address"
urlpatterns = [
    path("", views.overview, name="book"),
    path("moi/", views.add, name="add"),
    path("xa/", views.communes, name="communes"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/mac-dinh/", views.make_default, name="make_default"),
    path("<int:pk>/xoa/", views.remove, name="remove"),
]
