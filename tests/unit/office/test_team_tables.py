"""The tables of the office are those that its models speak of."""

from django.core.management import call_command


def test_migrations_come_to_what_the_models_say(office):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
