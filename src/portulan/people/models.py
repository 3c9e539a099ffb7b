"""The tables of people: users by e-mail, teams in a tree, memberships, roles granted."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail and a password."""

    def create_user(self, email: str, password: str | None, **fields: Any) -> "User":
        """Store a user; the e-mail is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of that e-mail, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in with an e-mail; never deleted, deactivated."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    lang = models.CharField(max_length=2, default="fr")
    territory = models.CharField(max_length=48, default="", blank=True)
    hue = models.PositiveSmallIntegerField(default=220)
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()


class Team(models.Model):
    """A team; a manager of a team sees the teams below."""

    name = models.CharField(max_length=100, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")


class Membership(models.Model):
    """A person in a team."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")

    class Meta:
        """A person is in a team once."""

        constraints = [models.UniqueConstraint(fields=["user", "team"], name="membership_once")]


class RoleGrant(models.Model):
    """A role of the blueprint held by a person, since when and by whom."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=48)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        """A role is held once."""

        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once")]
