from django.urls import path

from . import views

app_name = "customer"
urlpatterns = [
    path("", views.wait, name="alert_ask"),
    path("cua-toi/", views.own_alerts, name="alerts"),
    path("xac-nhan/<str:token>/", views.confirm_alert, name="alert_confirm"),
    path("bo/<str:token>/", views.cancel_alert, name="alert_cancel"),
    path("cua-toi/<int:pk>/bo/", views.cancel_own, name="alert_cancel_own"),
]
