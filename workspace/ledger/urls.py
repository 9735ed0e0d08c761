"""Addresses of the statement, and of the desk of those who adjust."""

from django.urls import path

from workspace.ledger import desk, desk_file, desk_trail, hd_desk, plan_desk, price_desk, stream, views

urlpatterns = [
    path("credits/", views.page, name="credits"),
    path("credits/balance/", views.balance, name="credits_balance"),
    path("credits/events/", stream.events, name="credits_events"),
    path("credits/export/", views.download, name="credits_export"),
    path("operations/credits/", desk.desk, name="credits_desk"),
    path("operations/credits/people/<int:pk>/", desk.person, name="credits_person"),
    path("operations/credits/people/<int:pk>/preview/", desk.preview, name="credits_preview"),
    path("operations/credits/people/<int:pk>/refund/", desk.refund, name="credits_refund"),
    path("operations/credits/people/<int:pk>/hd/", hd_desk.change, name="credits_hd"),
    path("operations/credits/people/<int:pk>/hd/preview/", hd_desk.preview, name="credits_hd_preview"),
    path("operations/credits/hd/<int:pk>/undo/", hd_desk.undo, name="credits_hd_undo"),
    path("operations/credits/entries/<int:pk>/undo/", desk.undo, name="credits_undo"),
    path("operations/credits/proposals/<int:pk>/", desk.decide, name="credits_decide"),
    path("operations/credits/file/", desk_file.bulk_grant, name="credits_bulk"),
    path("operations/credits/log/", desk_trail.log, name="credits_log"),
    path("operations/credits/roles/", desk_trail.roles, name="credits_roles"),
    path("operations/plans/", plan_desk.every, name="plans"),
    path("operations/plans/new/", plan_desk.new, name="plan_new"),
    path("operations/plans/<int:pk>/", plan_desk.one, name="plan"),
    path("operations/plans/<int:pk>/remove/", plan_desk.remove, name="plan_remove"),
    path("operations/plans/people/<int:pk>/", plan_desk.person, name="plan_person"),
    path("operations/prices/", price_desk.desk, name="prices"),
]
