import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A picture to go by beside the prompt of a run."""

    dependencies = [("comparisons", "0003_drawings"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("label", models.CharField(max_length=40)),
                ("media_type", models.CharField(max_length=40)),
                ("byte_size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("stored", models.CharField(max_length=200)),
                ("thumb", models.CharField(max_length=200)),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "sha256", "label"), name="a_reference_is_kept_once")],
            },
        ),
        migrations.AddField(
            "comparison",
            "reference",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comparisons",
                to="comparisons.reference",
            ),
        ),
    ]
