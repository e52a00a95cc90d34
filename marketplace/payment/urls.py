from django.urls import path

from . import refund_views, views, webhooks

app_name = "payment"
urlpatterns = [
    path("don-hang/<str:token>/tra-tien/", views.pay, name="pay"),
    path("don-hang/<str:token>/tra-tien/xong/", views.back, name="back"),
    path("don-hang/<str:token>/hoan-tien/", refund_views.refund_account, name="refund_account"),
    path("thanh-toan/stripe/", webhooks.stripe_webhook, name="stripe_webhook"),
]
