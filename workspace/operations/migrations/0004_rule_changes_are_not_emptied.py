from django.db import migrations

FORBID = """
CREATE TRIGGER rule_changes_are_not_emptied BEFORE TRUNCATE ON operations_routingrulechange
    FOR EACH STATEMENT EXECUTE FUNCTION operations_rule_changes_are_append_only();
"""
ALLOW = "DROP TRIGGER rule_changes_are_not_emptied ON operations_routingrulechange;"


class Migration(migrations.Migration):
    """Nor is the trail thrown away all at once."""

    dependencies = [("operations", "0003_pauses_for_the_month")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
