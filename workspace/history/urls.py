"""Addresses of the history."""

from django.urls import path

from workspace.history import views

urlpatterns = [path("", views.history, name="history")]
