from django.db import migrations

GROUP = 'Điều phối đơn hàng'
CODENAME, NAME = 'handle_returns', 'Xử lý yêu cầu trả hàng'


def give_right(apps, schema_editor):
    """The right itself would only be written by Django after the last migration."""
    kind, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
        app_label='order', model='returnrequest'
    )
    right, _made = apps.get_model('auth', 'Permission').objects.get_or_create(
        content_type=kind, codename=CODENAME, defaults={'name': NAME}
    )
    for group in apps.get_model('auth', 'Group').objects.filter(name=GROUP):
        group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0003_staff_who_look_after_orders'),
        ('order', '0040_requests_to_return_goods'),
    ]

    operations = [migrations.RunPython(give_right, migrations.RunPython.noop)]
