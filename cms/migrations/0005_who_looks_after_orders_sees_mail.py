from django.db import migrations

GROUP = 'Điều phối đơn hàng'
RIGHTS = {'view_message': 'Can view Thư', 'send_messages_again': 'Gửi lại thư'}


def give_rights(apps, schema_editor):
    """Which Django itself would only write after the last migration. A group that is gone is not made again."""
    group = apps.get_model('auth', 'Group').objects.filter(name=GROUP).first()
    if group is None:
        return
    kind, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
        app_label='communication', model='message'
    )
    for codename, name in RIGHTS.items():
        right, _made = apps.get_model('auth', 'Permission').objects.get_or_create(
            content_type=kind, codename=codename, defaults={'name': name}
        )
        group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0004_staff_who_handle_returns'),
        ('communication', '0006_right_to_send_again'),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
