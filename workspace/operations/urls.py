from django.urls import path

from workspace.operations import views
from workspace.operations.rules import views as rules

app_name = "operations"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.new, name="new_rule"),
    path("rules/<int:rule>/", rules.edit, name="rule"),
    path("rules/<int:rule>/switch/", rules.switch, name="switch_rule"),
    path("rules/<int:rule>/remove/", rules.remove, name="remove_rule"),
    path("rules/changes/<int:change>/undo/", rules.undo, name="undo_rule"),
    path("<slug:provider>/", views.settings_of, name="settings"),
    path("<slug:provider>/remove/", views.remove, name="remove"),
    path("<slug:provider>/pause/", views.pause, name="pause"),
    path("<slug:provider>/resume/", views.resume, name="resume"),
    path("<slug:provider>/probe/", views.probe, name="probe"),
]
