"""Every address of the product."""

from django.urls import include, path

from workspace.administration.site import site
from workspace.embedded.health import health

handler500 = "workspace.http.server_error"

urlpatterns = [
    path("", include("workspace.comparisons.urls")),
    path("history/", include("workspace.history.urls")),
    path("", include("workspace.ledger.urls")),
    path("operations/spend/", include("workspace.spend.urls")),
    path("operations/", include("workspace.operations.urls")),
    path("", include("workspace.accounts.urls")),
    path("health/", health, name="health"),
    path("admin/", site.urls),
]
