"""Where this product differs from what allauth does by itself."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from workspace.accounts import appearance, outbox
from workspace.accounts.models import User

TOO_MANY_SIGN_INS = "Too many sign-ins failed. Wait five minutes, or ask for a sign-in link."


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email and password do not match.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "same_as_current": "This is the address you have now.",
        "duplicate_email": "This is the address you have now.",
        "too_many_login_attempts": TOO_MANY_SIGN_INS,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.OPEN_SIGNUP

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        outbox.post(self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context}))

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Answer 429, as every other limit does, instead of a message in the form."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            response = render(request, "429.html", {"detail": TOO_MANY_SIGN_INS}, status=429)
            response["Retry-After"] = "300"
            raise ImmediateHttpResponse(response) from error

    def post_login(self, request: HttpRequest, user: User, **hooks: object) -> HttpResponse:
        response = super().post_login(request, user, **hooks)
        if user.theme:
            appearance.remember(response, {"theme": user.theme})
        return response

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse an address that somebody else took between asking for it and confirming it."""
        taken = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists()
        return not taken and super().confirm_email(request, email_address)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")
