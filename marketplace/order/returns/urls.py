"""Addresses below an order's link; they stand in the names of marketplace/order/urls.py."""

from django.urls import path

from . import views

ONE = "don-hang/<str:token>/tra-hang/yeu-cau/<str:number>/"

urlpatterns = [
    path("don-hang/<str:token>/tra-hang/<int:consignment_id>/", views.ask, name="ask_return"),
    path(ONE, views.detail, name="return"),
    path(f"{ONE}nho-cho/", views.escalate, name="escalate_return"),
    path(f"{ONE}rut/", views.withdraw, name="withdraw_return"),
    path(f"{ONE}anh/<int:position>/", views.photo, name="return_photo"),
]
