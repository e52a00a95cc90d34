from django.db import migrations

from marketplace.reconciliation.examples import add_examples


def add(apps, schema_editor):
    add_examples(apps.get_model("reconciliation", "FileLayout"))


class Migration(migrations.Migration):

    dependencies = [("reconciliation", "0001_files_lines_and_days")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
