import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """HD images in the order of a statement, and adjustments of them that are undone by another."""

    dependencies = [("credits", "0004_plans")]

    operations = [
        migrations.AddField(
            model_name="hdentry",
            name="refers_to",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="credits.hdentry",
            ),
        ),
        migrations.AddIndex(
            model_name="hdentry",
            index=models.Index(fields=["account", "-created", "-id"], name="hd_statement"),
        ),
        migrations.AddIndex(
            model_name="hdentry",
            index=models.Index(condition=~models.Q(kind="use"), fields=["account", "-created", "-id"], name="rare_hd_entries"),
        ),
        migrations.AddConstraint(
            model_name="hdentry",
            constraint=models.UniqueConstraint(fields=["refers_to"], name="an_hd_adjustment_is_undone_once"),
        ),
        migrations.AddConstraint(
            model_name="hdentry",
            constraint=models.CheckConstraint(
                condition=models.Q(refers_to=None) | models.Q(kind="adjustment"), name="only_hd_adjustments_are_undone"
            ),
        ),
    ]
