from django.urls import URLPattern

app_name = "order"
urlpatterns: list[URLPattern] = []
