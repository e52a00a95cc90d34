from django.urls import path

from . import views

app_name = "reviews"
urlpatterns = [
    path("don-hang/<str:token>/danh-gia/<int:line>/", views.write_by_link, name="write_by_link"),
    path("danh-gia/don/<str:number>/<int:line>/", views.write_as_owner, name="write_as_owner"),
    path("danh-gia/<int:pk>/bao/", views.report_review, name="report"),
    path("danh-gia/<int:pk>/huu-ich/", views.helpful, name="helpful"),
]
