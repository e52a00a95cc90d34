
import unicodedata

import django.db.models.functions.text
from django.db import migrations, models


def fold(text):
    plain = unicodedata.normalize('NFD', text.lower().replace('đ', 'd'))
    return ' '.join(''.join(c for c in plain if not unicodedata.combining(c)).split())


def fold_search_texts(apps, schema_editor):
    """From now on addresses are looked up without tone marks."""
    addresses = apps.get_model('order', 'ShippingAddress').objects.only('search_text')
    waiting = []
    for address in addresses.order_by('pk').iterator(chunk_size=2000):
        address.search_text = fold(address.search_text)
        waiting.append(address)
        if len(waiting) == 2000:
            addresses.bulk_update(waiting, ['search_text'])
            waiting.clear()
    addresses.bulk_update(waiting, ['search_text'])


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0040_requests_to_return_goods'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='order',
            options={'ordering': ['-date_placed', '-id'], 'permissions': [('move_parcels', 'Cập nhật kiện hàng thay nhà sản xuất'), ('cancel_parcels', 'Hủy kiện hàng trước khi gửi'), ('export_orders', 'Xuất danh sách đơn hàng')], 'verbose_name': 'Đơn hàng', 'verbose_name_plural': 'Đơn hàng'},
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['-date_placed', '-id'], name='order_newest_first'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['phone'], name='order_by_phone'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(django.db.models.functions.text.Lower('guest_email'), name='order_by_guest_email'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(django.db.models.functions.text.Right('number', 5), name='order_by_last_letters'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(django.db.models.functions.text.Upper('tracking_number'), condition=models.Q(('tracking_number', ''), _negated=True), name='parcel_by_tracking_number'),
        ),
        migrations.RunPython(fold_search_texts, migrations.RunPython.noop),
    ]
