"""Django's command line: ``manage.py up`` runs the whole product."""

import os
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["up"]:  # before Django: it decides the environment that the settings read
        from workspace.embedded import up

        sys.exit(up.main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
