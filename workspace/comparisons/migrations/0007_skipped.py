from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0006_simulated_attempts")]
    operations = [
        migrations.AddField(
            "comparison", "skipped", models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
        )
    ]
