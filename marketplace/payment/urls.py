from django.urls import path

from . import views

app_name = "payment"
urlpatterns = [path("don-hang/<str:token>/tra-tien/", views.pay, name="pay")]
