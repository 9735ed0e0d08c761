from django.db import migrations, models
from django.db.models import JSONField, Value


class Migration(migrations.Migration):
    """What a model was sent beside its prompt, who worded it and why."""

    dependencies = [("comparisons", "0004_references")]

    operations = [
        migrations.AddField("generation", "negative_prompt", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField("generation", "worded_by", models.CharField(db_default="person", default="person", max_length=20)),
        migrations.AddField("generation", "wording_reasons", JSONField(db_default=Value([], JSONField()), default=list)),
    ]
