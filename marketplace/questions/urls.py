from django.urls import path

from . import views

app_name = "questions"
urlpatterns = [
    path("<int:pk>/", views.ask_about, name="ask"),
    path("bao/<int:pk>/", views.report_question, name="report"),
]
