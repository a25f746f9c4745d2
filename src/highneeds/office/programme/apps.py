from django.apps import AppConfig


class ProgrammeApp(AppConfig):
    name = "highneeds.office.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
