from django.db import migrations

FORBID = """
CREATE FUNCTION credits_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Entries are append-only: correct a mistake with a new entry.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON credits_entry
    FOR EACH ROW EXECUTE FUNCTION credits_entry_is_append_only();
CREATE TRIGGER entries_are_not_emptied BEFORE TRUNCATE ON credits_entry
    FOR EACH STATEMENT EXECUTE FUNCTION credits_entry_is_append_only();
"""
ALLOW = """
DROP TRIGGER entry_is_append_only ON credits_entry;
DROP TRIGGER entries_are_not_emptied ON credits_entry;
DROP FUNCTION credits_entry_is_append_only();
"""


class Migration(migrations.Migration):
    """The ledger's promise, kept by the database itself and not only by our code."""

    dependencies = [("credits", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
