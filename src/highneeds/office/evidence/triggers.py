"""The database itself refuses to change or remove what was written: entries, versions and the bytes they hold."""

from typing import Any

TABLES = ("evidence_recordentry", "evidence_documentversion", "evidence_blob")
MESSAGE = "this is kept as it was written"


def make(apps: Any, editor: Any) -> None:
    for table in TABLES:
        for statement in statements(editor.connection.vendor, table):
            editor.execute(statement)


def statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION kept_as_written() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION kept_as_written()",
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written()",
    ]
