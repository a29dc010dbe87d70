"""The app as Django knows it."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Tables and pages of `forum`."""

    name = "synodos.web.forum"
    label = "forum"
    default_auto_field = "django.db.models.BigAutoField"
