from django.apps import AppConfig


class SubmissionApp(AppConfig):
    name = "highneeds.office.submission"
    label = "submission"
    default_auto_field = "django.db.models.BigAutoField"
