"""The user: an e-mail address, a Vietnamese phone number, or both."""

from typing import Any, ClassVar, Self

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
        """Save a user who may do everything."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractUser):  # type: ignore[misc]
    """A person who signs in. Oscar's user, with a nullable e-mail and a phone number."""

    email = models.EmailField(_("Email"), unique=True, null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=16, unique=True, null=True, blank=True)
    date_joined = models.DateTimeField(_("Ngày tham gia"), default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Người dùng")
        verbose_name_plural = _("Người dùng")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
            models.CheckConstraint(condition=~Q(email=""), name="user_email_null_not_empty"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="user_phone_is_e164"
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_has_email_or_phone"
            ),
        ]

    def clean(self) -> None:
        """Keep a missing e-mail null: Oscar's normalising would make it an empty string."""
        super().clean()
        self.email = self.email or None
        self.phone = self.phone or None

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.phone or str(self.pk)

    def natural_key(self: Self) -> tuple[str]:
        return (self.email or self.phone or "",)
