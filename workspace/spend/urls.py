"""Addresses of spend, among those of operations."""

from django.urls import path

from workspace.spend import views

urlpatterns = [
    path("", views.page, name="spend"),
    path("file/", views.download, name="spend_file"),
    path("budgets/<slug:provider>/", views.budget, name="budget"),
    path("budgets/<slug:provider>/lift/", views.lift, name="budget_lift"),
]
