"""The app as Django knows it."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Tables and pages of `membership`."""

    name = "synodos.web.membership"
    label = "membership"
    default_auto_field = "django.db.models.BigAutoField"
