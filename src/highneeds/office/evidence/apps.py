from django.apps import AppConfig


class EvidenceApp(AppConfig):
    name = "highneeds.office.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
