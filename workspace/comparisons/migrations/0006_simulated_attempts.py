from django.db import migrations, models

# Of the calls made before, those whose picture is known to be the simulator's.
KNOWN = """
UPDATE comparisons_attempt a SET simulated = true
FROM comparisons_generation g WHERE g.id = a.generation_id AND g.simulated AND a.state = 'succeeded' AND a.round = g.round
"""


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0005_wordings")]
    operations = [
        migrations.AddField("attempt", "simulated", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
