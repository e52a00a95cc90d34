from django.urls import path

from . import views
from .returns.urls import urlpatterns as returns

app_name = "order"
urlpatterns = [
    path("don-hang/<str:token>/", views.detail, name="detail"),
    path("don-hang/<str:token>/don-hang.pdf", views.paper, name="paper"),
    path("don-hang/<str:token>/huy/<int:consignment_id>/", views.cancel, name="cancel"),
    path("tai-khoan/don-hang/", views.mine, name="mine"),
    *returns,
]
