from django.db import migrations

FORBID = """
CREATE TRIGGER deeds_are_not_emptied BEFORE TRUNCATE ON ledger_deed
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_deed_is_append_only();
"""
ALLOW = "DROP TRIGGER deeds_are_not_emptied ON ledger_deed;"


class Migration(migrations.Migration):
    """Nor is what admins did thrown away all at once."""

    dependencies = [("ledger", "0002_deeds_never_change")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
