"""Addresses of accounts. Pages that allauth brings keep its names; ours are under ``accounts:``."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from workspace.accounts.views import account, door, people

ours = [
    path("sign-in/link/", door.ask_for_link, name="ask_for_link"),
    path("sign-in/link/sent/", door.link_sent, name="link_sent"),
    path("sign-in/link/<str:token>/", door.open_link, name="open_link"),
    path("welcome/<str:token>/", door.welcome, name="welcome"),
    path("invitation/<str:token>/", door.invitation, name="invitation"),
    path("account/", account.account, name="account"),
    path("account/appearance/", account.change_appearance, name="appearance"),
    path("people/", people.people, name="people"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-up/", allauth.signup, name="account_signup"),
    path("sign-in/closed/", allauth.account_inactive, name="account_inactive"),
    path("account/confirm-password/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/email/", allauth.email, name="account_email"),
    path("account/email/confirm/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/email/confirm/(?P<key>[-:\w]+)/$", allauth.confirm_email, name="account_confirm_email"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
