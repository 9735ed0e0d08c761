from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0001_initial")]

    operations = [
        migrations.AddIndex("attempt", models.Index(fields=["claimed_at"], name="attempts_by_time")),
    ]
