"""The user: an e-mail address, a Vietnamese phone number, or both."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from oscar.apps.customer.abstract_models import AbstractUser

from marketplace import clock


class UserManager(BaseUserManager["User"]):
    """Makes users that have at least one of e-mail and phone."""

    def create_user(
        self,
        email: str | None = None,
        password: str | None = None,
        *,
        phone: str | None = None,
        **fields: Any,
    ) -> "User":
        """Save a user. `phone` is E.164; an empty e-mail or phone is stored as null.

        Raises ValueError when neither is given.
        """
        if not email and not phone:
            raise ValueError("A user needs an e-mail address or a phone number")
        user = self.model(email=self.normalize_email(email) or None, phone=phone or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a user who may do everything. Whoever can call this vouches for the address: it counts as confirmed."""
        from allauth.account.models import EmailAddress  # its table points at this model

        user = self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})
        EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractUser):  # type: ignore[misc]
    """A person who signs in. Oscar's user, with a nullable e-mail and a phone number."""

    email = models.EmailField(_("Email"), unique=True, null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=16, unique=True, null=True, blank=True)
    phone_confirmed_at = models.DateTimeField(_("Số điện thoại xác nhận lúc"), null=True, blank=True)
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    #: Counts up to end all other sessions of the user.
    session_round = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField(_("Ngày tham gia"), default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Người dùng")
        verbose_name_plural = _("Người dùng")
        permissions = [("confirm_phone", _("Xác nhận số điện thoại của khách"))]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
            models.CheckConstraint(condition=~Q(email=""), name="user_email_null_not_empty"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="user_phone_is_e164"
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_has_email_or_phone"
            ),
            models.CheckConstraint(
                condition=Q(phone_confirmed_at__isnull=True) | Q(phone__isnull=False),
                name="user_confirmed_phone_exists",
            ),
        ]

    def _migrate_alerts_to_user(self) -> None:
        """Not done: Oscar gives notices of an address to any account that names it, shown to be its owner or not."""

    def clean(self) -> None:
        """Keep a missing e-mail null: Oscar's normalising would make it an empty string."""
        super().clean()
        self.email = self.email or None
        self.phone = self.phone or None

    def get_full_name(self) -> str:
        """Family name first, as in Vietnam."""
        return f"{self.last_name} {self.first_name}".strip()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Of password and session round: a session is over when either changes."""
        base: str = super()._get_session_auth_hash(secret=secret)
        return f"{base}.{self.session_round}" if self.session_round else base

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.phone or str(self.pk)

    def natural_key(self: Self) -> tuple[str]:
        return (self.email or self.phone or "",)
