from django.db import migrations, models


class Migration(migrations.Migration):
    """The raster that stands for a drawing, and the drawing without what was active in it."""

    dependencies = [("comparisons", "0002_attempts_by_time")]

    operations = [
        migrations.AddField("image", "raster", models.CharField(blank=True, db_default="", default="", max_length=200)),
        migrations.AddField("image", "safe", models.CharField(blank=True, db_default="", default="", max_length=200)),
    ]
