from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether this person wants prompts worded for each model."""

    dependencies = [("accounts", "0002_one_time_links")]

    operations = [
        migrations.AddField("user", "wording", models.CharField(db_default="adapted", default="adapted", max_length=10)),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(condition=models.Q(wording__in=["adapted", "as_written"]), name="wording_is_known"),
        ),
    ]
