from django.urls import path

from workspace.operations import views

app_name = "operations"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("<slug:provider>/", views.settings_of, name="settings"),
    path("<slug:provider>/remove/", views.remove, name="remove"),
    path("<slug:provider>/pause/", views.pause, name="pause"),
    path("<slug:provider>/resume/", views.resume, name="resume"),
    path("<slug:provider>/probe/", views.probe, name="probe"),
]
