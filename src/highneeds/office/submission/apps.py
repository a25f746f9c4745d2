from django.apps import AppConfig


class Submission(AppConfig):
    name = "highneeds.office.submission"
    label = "submission"
    default_auto_field = "django.db.models.BigAutoField"
