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

CREATE FUNCTION credits_account_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Accounts are kept for good: switch the person off instead.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER account_is_kept BEFORE DELETE OR UPDATE OF id, user_id ON credits_account
    FOR EACH ROW EXECUTE FUNCTION credits_account_is_kept();
CREATE TRIGGER accounts_are_not_emptied BEFORE TRUNCATE ON credits_account
    FOR EACH STATEMENT EXECUTE FUNCTION credits_account_is_kept();
"""
ALLOW = """
DROP TRIGGER entry_is_append_only ON credits_entry;
DROP TRIGGER entries_are_not_emptied ON credits_entry;
DROP FUNCTION credits_entry_is_append_only();
DROP TRIGGER account_is_kept ON credits_account;
DROP TRIGGER accounts_are_not_emptied ON credits_account;
DROP FUNCTION credits_account_is_kept();
"""


class Migration(migrations.Migration):
    """The ledger's promises, kept by the database itself and not only by our code."""

    dependencies = [("credits", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
