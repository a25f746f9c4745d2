"""What the sign-in forms of allauth do not refuse by themselves."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import LoginWebAuthnForm


class PasskeyForSigningIn(LoginWebAuthnForm):
    """A passkey that was set up as a second factor only is no way in without the password.

    allauth 65.22 keeps that wish and does not look at it when somebody signs in.
    """

    def clean_credential(self) -> Any:
        authenticator = super().clean_credential()
        if not authenticator.wrap().is_passwordless:
            raise get_adapter().validation_error("incorrect_code")
        return authenticator
