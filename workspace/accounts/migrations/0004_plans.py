import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DEFAULT_PLAN = """
CREATE FUNCTION accounts_default_plan() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT id FROM accounts_plan WHERE is_default $$;
"""


def make_the_default(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As it was before there were plans: no limits, and no credits but those that people start with."""
    apps.get_model("accounts", "Plan").objects.create(name="Standard", is_default=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_wording")]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("is_default", models.BooleanField(default=False)),
                ("monthly_credits", models.PositiveIntegerField(default=0)),
                ("carry_over", models.PositiveIntegerField(blank=True, null=True)),
                ("hd_per_day", models.PositiveIntegerField(blank=True, null=True)),
                ("hd_per_month", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "dearest_quality",
                    models.CharField(
                        choices=[("draft", "DRAFT"), ("standard", "STANDARD"), ("hd", "HD")], default="hd", max_length=10
                    ),
                ),
                (
                    "only_models",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), blank=True, default=list, size=None
                    ),
                ),
                (
                    "only_providers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("in_flight", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("most_models", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("is_default",), name="one_plan_is_the_default"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dearest_quality__in", ["draft", "standard", "hd"])),
                        name="dearest_quality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_flight", None), ("in_flight__gte", 1), _connector="OR"),
                        name="one_run_at_once_at_least",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_models", None), ("most_models__gte", 1), _connector="OR"),
                        name="one_model_a_run_at_least",
                    ),
                ],
            },
        ),
        migrations.RunSQL(DEFAULT_PLAN, "DROP FUNCTION accounts_default_plan()"),
        migrations.RunPython(make_the_default, migrations.RunPython.noop),
        migrations.AddField(
            model_name="user",
            name="plan",
            field=models.ForeignKey(
                db_default=models.Func(function="accounts_default_plan", output_field=models.BigIntegerField()),
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="accounts.plan",
            ),
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changes", models.JSONField(default=dict)),
                ("until", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("made", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="override", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
