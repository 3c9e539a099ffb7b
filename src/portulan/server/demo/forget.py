"""The demo's instance is emptied, tables and logs, for the company to move in again.

Refuses an instance where anybody works who is not of the demo company.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from portulan.people import actor as actors
from portulan.people import queries as directory
from portulan.server.demo import company
from portulan.server.demo.establish import SomebodyWorksHere


def forget() -> None:
    """Drop every table and every imported log.

    :raises SomebodyWorksHere: when there are people who are not of the demo company.
    """
    emails = {one.email for one in directory.directory(actors.system())}
    if emails - {one.email for one in company.PEOPLE}:
        raise SomebodyWorksHere
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
    shutil.rmtree(Path(settings.DATA_DIR) / "logs", ignore_errors=True)
