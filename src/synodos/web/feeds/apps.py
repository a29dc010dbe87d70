"""The app as Django knows it."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Tables and pages of `feeds`."""

    name = "synodos.web.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"
