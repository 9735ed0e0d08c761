from django.db import migrations

FORBID = """
CREATE FUNCTION ledger_deed_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER deed_is_append_only BEFORE UPDATE OR DELETE ON ledger_deed
    FOR EACH ROW EXECUTE FUNCTION ledger_deed_is_append_only();
"""
ALLOW = """
DROP TRIGGER deed_is_append_only ON ledger_deed;
DROP FUNCTION ledger_deed_is_append_only();
"""


class Migration(migrations.Migration):
    """What an admin did stays written down."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
