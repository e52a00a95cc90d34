from django.db import migrations, models


def all_in_vain(apps, schema_editor):
    """What was counted so far were searches in vain alone."""
    apps.get_model("search", "SearchLog").objects.update(in_vain=models.F("times"))


def in_vain_alone(apps, schema_editor):
    rows = apps.get_model("search", "SearchLog").objects
    rows.filter(in_vain=0).delete()
    rows.update(times=models.F("in_vain"))


class Migration(migrations.Migration):
    dependencies = [("search", "0003_waiting_and_rebuilds")]

    operations = [
        migrations.AlterModelOptions(
            name="searchlog",
            options={
                "ordering": ["-day", "-times", "text"],
                "verbose_name": "Từ đã tìm",
                "verbose_name_plural": "Từ đã tìm",
            },
        ),
        migrations.AddField(
            model_name="searchlog",
            name="clicks",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="Lần mở sản phẩm"),
        ),
        migrations.AddField(
            model_name="searchlog",
            name="in_vain",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="Tìm không ra"),
        ),
        migrations.RunPython(all_in_vain, in_vain_alone),
    ]
