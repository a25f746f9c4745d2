from django.apps import AppConfig


class RegistersApp(AppConfig):
    name = "highneeds.office.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
