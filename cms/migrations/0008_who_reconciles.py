from django.db import migrations

GROUP = 'Đối soát'
RIGHTS = {
    ('wagtailadmin', 'admin'): {'access_admin': 'Can access Wagtail admin'},
    ('reconciliation', 'import'): {'import_statements': 'Nhập sao kê và bảng kê thu hộ'},
    ('reconciliation', 'decision'): {
        'propose_decisions': 'Đề nghị cách xử lý dòng sao kê',
        'confirm_decisions': 'Xác nhận đề nghị của người khác',
    },
    ('reconciliation', 'difference'): {'explain_differences': 'Giải thích chênh lệch đối soát'},
    ('reconciliation', 'filelayout'): {
        'add_filelayout': 'Can add Bố cục tệp',
        'change_filelayout': 'Can change Bố cục tệp',
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
        ('cms', '0007_staff_who_handle_money'),
        ('reconciliation', '0002_example_layouts'),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
