"""What a sign-in passes between the password and the session, besides allauth's own stages."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class ConfirmedEmail(EmailVerificationStage):  # type: ignore[misc]
    """An e-mail address is confirmed before the first sign-in; who has only a phone number has none to confirm."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user and not user.email:
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
