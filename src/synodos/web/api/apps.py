"""The interface for programs as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Holds tokens, and the answers to writes that may be sent again."""

    name = "synodos.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
