"""The triggers that keep the record, the versions and their bytes as they were written."""

from django.db import migrations

from highneeds.office.evidence import triggers


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(triggers.make, migrations.RunPython.noop)]
