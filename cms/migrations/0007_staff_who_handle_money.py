from django.db import migrations

GROUP = 'Thu chi'
COORDINATORS = 'Điều phối đơn hàng'
RIGHTS = [
    ('payment', 'payment', 'view_payment', 'Can view Lần thanh toán'),
    ('payment', 'refund', 'grant_refunds', 'Trả lại tiền cho người mua'),
    ('payment', 'refund', 'transfer_refunds', 'Chuyển khoản tiền trả lại'),
    ('payment', 'providerevent', 'handle_events', 'Xử lý sự kiện thanh toán không dùng được'),
    ('order', 'order', 'view_order', 'Can view Đơn hàng'),
    ('wagtailadmin', 'admin', 'access_admin', 'Can access Wagtail admin'),
]


def give_rights(apps, schema_editor):
    """The rights themselves would only be written by Django after the last migration."""
    group, _made = apps.get_model('auth', 'Group').objects.get_or_create(name=GROUP)
    for app, model, codename, name in RIGHTS:
        kind, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
            app_label=app, model=model
        )
        right, _made = apps.get_model('auth', 'Permission').objects.get_or_create(
            content_type=kind, codename=codename, defaults={'name': name}
        )
        group.permissions.add(right)
        if codename == 'view_payment':
            for coordinators in apps.get_model('auth', 'Group').objects.filter(name=COORDINATORS):
                coordinators.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0006_staff_who_look_after_customers'),
        ('payment', '0010_refund_states'),
        ('order', '0050_staff_find_orders'),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
