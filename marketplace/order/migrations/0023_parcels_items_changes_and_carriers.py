
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def put_lines_into_parcels(apps, schema_editor):
    """Until now a consignment was one parcel that held all its lines."""
    ParcelItem = apps.get_model('order', 'ParcelItem')
    rows = apps.get_model('order', 'Parcel').objects.values_list(
        'pk', 'consignment__lines', 'consignment__lines__quantity', 'consignment__lines__line_price_incl_tax'
    )
    ParcelItem.objects.bulk_create(
        [
            ParcelItem(parcel_id=parcel, line_id=line, quantity=quantity, amount=price)
            for parcel, line, quantity, price in rows.order_by('pk').iterator()
            if line
        ],
        batch_size=2000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0022_consignments_and_payment_state'),
        ('partner', '0008_prices_are_whole_dong'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Carrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64, unique=True, verbose_name='Tên')),
                ('phone', models.CharField(blank=True, max_length=24, verbose_name='Điện thoại hỏi hàng')),
                ('tracking_address', models.URLField(blank=True, max_length=300, verbose_name='Trang tra cứu')),
                ('is_active', models.BooleanField(default=True, verbose_name='Đang dùng')),
            ],
            options={
                'verbose_name': 'Đơn vị vận chuyển',
                'verbose_name_plural': 'Đơn vị vận chuyển',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ParcelChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(choices=[('new', 'Đã nhận đơn'), ('confirmed', 'Nhà sản xuất đã xác nhận'), ('packed', 'Đã đóng gói'), ('handed_over', 'Đang giao'), ('delivered', 'Đã giao'), ('returned', 'Đã hoàn hàng'), ('lost', 'Thất lạc'), ('cancelled', 'Đã hủy')], max_length=16, verbose_name='Trước')),
                ('after', models.CharField(choices=[('new', 'Đã nhận đơn'), ('confirmed', 'Nhà sản xuất đã xác nhận'), ('packed', 'Đã đóng gói'), ('handed_over', 'Đang giao'), ('delivered', 'Đã giao'), ('returned', 'Đã hoàn hàng'), ('lost', 'Thất lạc'), ('cancelled', 'Đã hủy')], max_length=16, verbose_name='Sau')),
                ('at', models.DateTimeField(verbose_name='Lúc')),
                ('role', models.CharField(choices=[('buyer', 'người mua'), ('producer', 'nhà sản xuất'), ('staff', 'nhân viên Chợ'), ('system', 'hệ thống')], max_length=8, verbose_name='Vai trò')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='Ghi chú')),
            ],
            options={
                'verbose_name': 'Lần đổi tình trạng',
                'verbose_name_plural': 'Các lần đổi tình trạng',
                'ordering': ['parcel_id', 'at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ParcelItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='Số lượng')),
                ('amount', models.DecimalField(decimal_places=0, max_digits=12, verbose_name='Tiền hàng')),
            ],
            options={
                'verbose_name': 'Món trong kiện',
                'verbose_name_plural': 'Món trong kiện',
                'ordering': ['parcel_id', 'line_id'],
            },
        ),
        migrations.AddField(
            model_name='consignment',
            name='cancelled_total',
            field=models.DecimalField(decimal_places=0, default=0, max_digits=12, verbose_name='Không giao'),
        ),
        migrations.AddField(
            model_name='parcel',
            name='tracking_number',
            field=models.CharField(blank=True, max_length=64, verbose_name='Mã vận đơn'),
        ),
        migrations.AddConstraint(
            model_name='consignment',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_total__gte', 0), ('cancelled_total__lte', models.F('total'))), name='consignment_cancelled_within_total'),
        ),
        migrations.AddField(
            model_name='parcel',
            name='carrier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='order.carrier', verbose_name='Đơn vị vận chuyển'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(fields=['state', 'state_since'], name='parcel_by_state'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('tracking_number', ''), ('carrier__isnull', False), _connector='OR'), name='parcel_tracked_by_a_carrier'),
        ),
        migrations.AddField(
            model_name='parcelchange',
            name='acting_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partner.partner', verbose_name='Làm thay cho'),
        ),
        migrations.AddField(
            model_name='parcelchange',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Người làm'),
        ),
        migrations.AddField(
            model_name='parcelchange',
            name='parcel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='order.parcel', verbose_name='Kiện hàng'),
        ),
        migrations.AddField(
            model_name='parcelitem',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcel_items', to='order.line', verbose_name='Dòng đơn hàng'),
        ),
        migrations.AddField(
            model_name='parcelitem',
            name='parcel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='order.parcel', verbose_name='Kiện hàng'),
        ),
        migrations.AddConstraint(
            model_name='parcelchange',
            constraint=models.CheckConstraint(condition=models.Q(('after__in', ['new', 'confirmed', 'packed', 'handed_over', 'delivered', 'returned', 'lost', 'cancelled']), ('before__in', ['new', 'confirmed', 'packed', 'handed_over', 'delivered', 'returned', 'lost', 'cancelled'])), name='parcel_change_states_known'),
        ),
        migrations.AddConstraint(
            model_name='parcelchange',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['buyer', 'producer', 'staff', 'system'])), name='parcel_change_role_known'),
        ),
        migrations.AddConstraint(
            model_name='parcelitem',
            constraint=models.UniqueConstraint(fields=('parcel', 'line'), name='parcel_item_once_per_line'),
        ),
        migrations.AddConstraint(
            model_name='parcelitem',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='parcel_item_has_pieces'),
        ),
        migrations.AddConstraint(
            model_name='parcelitem',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='parcel_item_not_negative'),
        ),
        migrations.RunPython(put_lines_into_parcels, migrations.RunPython.noop),
    ]
