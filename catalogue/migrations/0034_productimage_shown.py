from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0033_ocop_products_categories_and_ratings"),
    ]

    operations = [
        migrations.AddField(
            model_name="productimage",
            name="shown",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=255, verbose_name="Ảnh đang hiện"
            ),
        ),
    ]
