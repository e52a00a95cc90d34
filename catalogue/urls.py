from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [path("<slug:product_slug>_<int:pk>/", views.detail, name="detail")]
