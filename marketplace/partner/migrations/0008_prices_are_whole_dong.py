from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Round


class Migration(migrations.Migration):
    dependencies = [
        ("partner", "0007_partneraddress_code"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="stockrecord",
            constraint=models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price=Round("price"), price__gte=0),
                name="stockrecord_price_is_whole_dong",
            ),
        ),
    ]
