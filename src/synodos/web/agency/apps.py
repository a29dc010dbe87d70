"""The app as Django knows it."""

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    """Tables and pages of `agency`."""

    name = "synodos.web.agency"
    label = "agency"
    default_auto_field = "django.db.models.BigAutoField"
