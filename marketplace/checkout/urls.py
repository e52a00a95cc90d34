from django.urls import path

from . import views

app_name = "checkout"
urlpatterns = [
    path("", views.checkout, name="checkout"),
    path("phi/", views.charges, name="charges"),
]
