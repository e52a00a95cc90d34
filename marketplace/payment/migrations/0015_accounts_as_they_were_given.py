from django.db import migrations


def note(apps, schema_editor):
    """Accounts from before changes were kept: without what they were, their next change would be shown to nobody."""
    change = apps.get_model("payment", "RefundAccountChange")
    given = apps.get_model("payment", "RefundAccount").objects.filter(changes__isnull=True)
    change.objects.bulk_create(
        change(account=one, at=one.changed_at, bank=one.bank, last=one.number[-4:]) for one in given
    )


class Migration(migrations.Migration):

    dependencies = [("payment", "0014_succeeded_with_a_sum")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
