import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

# After the insert, so that a repeated key, which inserts nothing, is none of its business. Whoever writes by hand waits at the account
# too: the sum is then looked at with everything committed that could change it.
FIT = """
CREATE FUNCTION credits_entry_fits_what_it_corrects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first credits_entry;
BEGIN
    PERFORM FROM credits_account WHERE id = NEW.account_id FOR NO KEY UPDATE;
    SELECT * INTO first FROM credits_entry WHERE id = NEW.refers_to_id AND account_id = NEW.account_id;
    IF NEW.kind = 'adjustment' AND (first.kind IS DISTINCT FROM 'adjustment' OR first.amount <> -NEW.amount) THEN
        RAISE EXCEPTION 'An adjustment is undone as a whole, on its own account.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'undoing_reverses_its_adjustment';
    ELSIF NEW.kind = 'refund' AND (first.kind IS DISTINCT FROM 'capture'
            OR (first.comparison, first.generation, first.round) <> (NEW.comparison, NEW.generation, NEW.round)) THEN
        RAISE EXCEPTION 'A refund refers to the capture of the same share.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_has_its_capture';
    ELSIF NEW.kind = 'refund' AND -(first.amount + first.held) <
            (SELECT sum(amount) FROM credits_entry WHERE refers_to_id = NEW.refers_to_id AND kind = 'refund') THEN
        RAISE EXCEPTION 'No more is refunded than was taken.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_its_capture';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_fits_what_it_corrects AFTER INSERT ON credits_entry
    FOR EACH ROW WHEN (NEW.refers_to_id IS NOT NULL) EXECUTE FUNCTION credits_entry_fits_what_it_corrects();
"""
UNFIT = """
DROP TRIGGER entry_fits_what_it_corrects ON credits_entry;
DROP FUNCTION credits_entry_fits_what_it_corrects();
"""


class Migration(migrations.Migration):
    """Refunds, adjustments and expiry; what refers to another entry fits it, and a trigger sees to that."""

    dependencies = [
        ("credits", "0002_entries_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_has_the_shape_of_its_kind",
        ),
        migrations.AddField(
            model_name="entry",
            name="refers_to",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="credits.entry",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("grant", "Grant"),
                    ("hold", "Hold"),
                    ("capture", "Capture"),
                    ("release", "Release"),
                    ("refund", "Refund"),
                    ("adjustment", "Adjustment"),
                    ("expiry", "Expiry"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=~models.Q(kind__in=["hold", "capture", "release"]),
                fields=["account", "-created", "-id"],
                name="rare_entries",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("refers_to__isnull", False)), fields=["refers_to"], name="corrections"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "adjustment")), fields=("refers_to",), name="an_adjustment_is_undone_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("comparison", None), ("generation", None), ("round", None)),
                        ("amount__gt", 0),
                        ("held", 0),
                        ("kind", "grant"),
                        ("refers_to", None),
                    ),
                    models.Q(
                        models.Q(("comparison", None), ("generation", None), ("round", None)),
                        ("held", 0),
                        ("kind", "adjustment"),
                        models.Q(("amount", 0), _negated=True),
                    ),
                    models.Q(
                        models.Q(("comparison", None), ("generation", None), ("round", None)),
                        ("amount__lte", 0),
                        ("held", 0),
                        ("kind", "expiry"),
                        ("refers_to", None),
                    ),
                    models.Q(
                        ("amount__lte", 0),
                        ("comparison__isnull", False),
                        ("held", django.db.models.expressions.CombinedExpression(models.F("amount"), "*", models.Value(-1))),
                        ("kind", "hold"),
                        ("refers_to", None),
                    ),
                    models.Q(
                        models.Q(("comparison__isnull", False), ("generation__isnull", False), ("round__isnull", False)),
                        ("amount__gte", 0),
                        ("held__lte", django.db.models.expressions.CombinedExpression(models.F("amount"), "*", models.Value(-1))),
                        ("kind", "capture"),
                        ("refers_to", None),
                    ),
                    models.Q(
                        models.Q(("comparison__isnull", False), ("generation__isnull", False), ("round__isnull", False)),
                        ("amount__gte", 0),
                        ("held", django.db.models.expressions.CombinedExpression(models.F("amount"), "*", models.Value(-1))),
                        ("kind", "release"),
                        ("refers_to", None),
                    ),
                    models.Q(
                        models.Q(("comparison__isnull", False), ("generation__isnull", False), ("round__isnull", False)),
                        ("amount__gt", 0),
                        ("held", 0),
                        ("kind", "refund"),
                        ("refers_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="entry_has_the_shape_of_its_kind",
            ),
        ),
        migrations.RunSQL(FIT, UNFIT),
    ]
