from django.db import migrations

GROUP = 'Chăm sóc khách hàng'
RIGHTS = {
    ('wagtailadmin', 'admin'): {'access_admin': 'Can access Wagtail admin'},
    ('accounts', 'user'): {
        'view_user': 'Can view Người dùng',
        'confirm_phone': 'Xác nhận số điện thoại của khách',
    },
    ('accounts', 'resetlink'): {'issue_reset_link': 'Cấp liên kết đặt lại mật khẩu'},
    ('reviews', 'productreview'): {
        'moderate_productreview': 'Ẩn đánh giá bị báo, hoặc cho hiện lại',
        'answer_productreview': 'Trả lời đánh giá thay nhà sản xuất',
    },
    ('questions', 'question'): {
        'answer_question': 'Trả lời câu hỏi thay nhà sản xuất',
        'moderate_question': 'Ẩn câu hỏi bị báo, hoặc cho hiện lại',
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
        ('accounts', '0004_reset_links'),
        ('cms', '0005_who_looks_after_orders_sees_mail'),
        ('questions', '0001_questions_and_answers'),
        ('reviews', '0006_reviews_of_order_lines'),
    ]

    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
