"""Addresses of the statement, and of the desk of those who adjust."""

from django.urls import path

from workspace.ledger import desk, desk_file, desk_trail, stream, views

urlpatterns = [
    path("credits/", views.page, name="credits"),
    path("credits/balance/", views.balance, name="credits_balance"),
    path("credits/events/", stream.events, name="credits_events"),
    path("credits/export/", views.download, name="credits_export"),
    path("operations/credits/", desk.desk, name="credits_desk"),
    path("operations/credits/people/<int:pk>/", desk.person, name="credits_person"),
    path("operations/credits/people/<int:pk>/preview/", desk.preview, name="credits_preview"),
    path("operations/credits/people/<int:pk>/refund/", desk.refund, name="credits_refund"),
    path("operations/credits/entries/<int:pk>/undo/", desk.undo, name="credits_undo"),
    path("operations/credits/proposals/<int:pk>/", desk.decide, name="credits_decide"),
    path("operations/credits/file/", desk_file.bulk_grant, name="credits_bulk"),
    path("operations/credits/log/", desk_trail.log, name="credits_log"),
    path("operations/credits/roles/", desk_trail.roles, name="credits_roles"),
]
