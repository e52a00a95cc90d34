from django.db import migrations

GROUP = 'Điều phối đơn hàng'
RIGHTS = {
    ('wagtailadmin', 'admin'): {'access_admin': 'Can access Wagtail admin'},
    ('order', 'order'): {
        'view_order': 'Can view Đơn hàng',
        'move_parcels': 'Cập nhật kiện hàng thay nhà sản xuất',
        'cancel_parcels': 'Hủy kiện hàng trước khi gửi',
        'export_orders': 'Xuất danh sách đơn hàng',
    },
    ('order', 'carrier'): {
        'add_carrier': 'Can add Đơn vị vận chuyển',
        'change_carrier': 'Can change Đơn vị vận chuyển',
    },
}


def make_group(apps, schema_editor):
    """With its rights, which Django itself would only write after the last migration."""
    ContentType = apps.get_model('contenttypes', 'ContentType')
    Permission = apps.get_model('auth', 'Permission')
    group, _made = apps.get_model('auth', 'Group').objects.get_or_create(name=GROUP)
    for (app, model), rights in RIGHTS.items():
        kind, _made = ContentType.objects.get_or_create(app_label=app, model=model)
        for codename, name in rights.items():
            right, _made = Permission.objects.get_or_create(
                content_type=kind, codename=codename, defaults={'name': name}
            )
            group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('cms', '0002_pages_and_place_texts'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('order', '0050_staff_find_orders'),
        ('wagtailadmin', '0001_create_admin_access_permissions'),
        # they hand out rights to every group that is there
        ('wagtaildocs', '0011_add_choose_permissions'),
        ('wagtailimages', '0023_add_choose_permissions'),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
