import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FORBID = """
CREATE TRIGGER hd_entry_is_append_only BEFORE UPDATE OR DELETE ON credits_hdentry
    FOR EACH ROW EXECUTE FUNCTION credits_entry_is_append_only();
CREATE TRIGGER hd_entries_are_not_emptied BEFORE TRUNCATE ON credits_hdentry
    FOR EACH STATEMENT EXECUTE FUNCTION credits_entry_is_append_only();
"""
ALLOW = """
DROP TRIGGER hd_entry_is_append_only ON credits_hdentry;
DROP TRIGGER hd_entries_are_not_emptied ON credits_hdentry;
"""


class Migration(migrations.Migration):
    """The HD allowance, prices of one's own, and the month that has begun for an account."""

    dependencies = [
        ("credits", "0003_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="month",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="HdEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("use", "Use"), ("return", "Return"), ("adjustment", "Adjustment")], max_length=12),
                ),
                ("amount", models.IntegerField()),
                ("day", models.DateField()),
                ("key", models.CharField(max_length=120)),
                ("generation", models.BigIntegerField(null=True)),
                ("round", models.PositiveSmallIntegerField(null=True)),
                ("reason", models.CharField(max_length=300)),
                (
                    "created",
                    models.DateTimeField(db_default=models.Func(function="clock_timestamp", output_field=models.DateTimeField())),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hd_entries",
                        to="credits.account",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "HD entries",
                "indexes": [models.Index(fields=["account", "day"], include=("amount",), name="hd_of_a_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="an_hd_key_moves_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("generation__isnull", False)),
                        fields=("generation", "round", "kind"),
                        name="an_hd_image_moves_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", -1), ("generation__isnull", False), ("kind", "use"), ("round__isnull", False)),
                            models.Q(("amount", 1), ("generation__isnull", False), ("kind", "return"), ("round__isnull", False)),
                            models.Q(
                                ("actor__isnull", False),
                                ("generation", None),
                                ("kind", "adjustment"),
                                ("round", None),
                                models.Q(("amount", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hd_entry_has_the_shape_of_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=160)),
                ("quality", models.CharField(max_length=10)),
                ("starts", models.DateField()),
                ("usd", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("credits", models.PositiveIntegerField(null=True)),
                ("reason", models.CharField(max_length=300)),
                ("made", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["model", "quality", "-starts", "-id"], name="own_price_of_a_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("usd", None), ("credits", None), _connector="OR"),
                        name="own_price_is_in_usd_or_credits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("usd", None), ("usd__gte", 0), _connector="OR"), name="own_price_is_not_negative"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
