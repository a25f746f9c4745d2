from django.apps import AppConfig


class Programme(AppConfig):
    name = "highneeds.office.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
