"""Sends Alembic to a scratch database and writes down what it runs there.

Python loads this at its start when its folder is on PYTHONPATH. The database is the one of libpq's
variables (WHIMBREL_DATABASE for SQLite); the script grows in the file WHIMBREL_OBSERVED. A
connection to anything else ends the program before a migration runs.
"""
import contextlib
import datetime
import decimal
import os
import re
import uuid


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, decimal.Decimal)):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "'\\x" + bytes(value).hex() + "'"
    if isinstance(value, (datetime.date, datetime.time)):
        return quoted(value.isoformat())
    if isinstance(value, (list, tuple)):
        return "ARRAY[" + ", ".join(literal(each) for each in value) + "]"
    if isinstance(value, (str, uuid.UUID, datetime.timedelta)):
        return quoted(str(value))
    adapted = getattr(value, "obj", getattr(value, "adapted", None))
    if isinstance(adapted, (dict, list)):
        import json

        return quoted(json.dumps(adapted))
    raise SystemExit("whimbrel: a value of %s can't be written as SQL" % type(value).__name__)


def filled(statement, values, style):
    """The statement with its values in it, by the driver's way to name them."""
    named = hasattr(values, "keys")
    if style in ("pyformat", "format"):
        if named:
            return statement % {key: literal(values[key]) for key in values.keys()}
        return statement % tuple(literal(each) for each in values)
    if not values:
        return statement
    if named:
        return re.sub(r"(?<!:):(\w+)", lambda m: literal(values[m.group(1)]), statement)
    if style.startswith("numeric"):
        return re.sub(r"[$:](\d+)", lambda m: literal(values[int(m.group(1)) - 1]), statement)
    rest = iter(values)
    return re.sub(r"\?", lambda m: literal(next(rest)), statement)


READS = re.compile(
    r"(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:"
    r"show\b|explain\b|begin\b|commit\b|rollback\b|savepoint\b|release\b|pragma\b"
    r"|select\b.*\bfrom\b(?!.*\binto\b)"
    r"|select\s+(?:\d|'|cast\b|exists\b|(?:pg_catalog\.)?(?:version|current_\w+|has_\w+)\b)"
    r"|with\b(?!.*\b(?:insert|update|delete)\b))"
)


def observe(target):
    from alembic.runtime import migration
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.engine.url import make_url

    pending = []
    quiet = [False]

    def scratch(dialect):
        if "WHIMBREL_DATABASE" in os.environ:
            return make_url("sqlite:///" + os.environ["WHIMBREL_DATABASE"])
        url = make_url("%s+%s://h/d" % (dialect.name, dialect.driver))
        parts = {
            "host": os.environ["PGHOST"],
            "port": int(os.environ["PGPORT"]),
            "username": os.environ.get("PGUSER"),
            "password": os.environ.get("PGPASSWORD"),
            "database": os.environ["PGDATABASE"],
        }
        return url.set(**parts)

    @event.listens_for(Engine, "do_connect")
    def redirect(dialect, record, arguments, keywords):
        first, second = dialect.create_connect_args(scratch(dialect))
        if not isinstance(arguments, list):
            raise SystemExit("whimbrel: this SQLAlchemy can't be sent elsewhere")
        arguments[:] = first
        options = keywords.get("options")
        keywords.clear()
        keywords.update(second)
        if options:
            keywords["options"] = options

    @event.listens_for(Engine, "after_cursor_execute")
    def write_down(connection, cursor, statement, parameters, context, many):
        if quiet[0] or READS.match(statement):
            return
        query = getattr(cursor, "query", None)
        if not many and isinstance(query, bytes):
            pending.append(query.decode("utf-8"))
            return
        style = connection.dialect.paramstyle
        plain = context is not None and context.execution_options.get("no_parameters")
        for each in parameters if many else [parameters]:
            pending.append(statement if plain and not each else filled(statement, each, style))

    def check(connection):
        if connection.dialect.name == "sqlite":
            wanted = os.path.realpath(os.environ.get("WHIMBREL_DATABASE", "."))
            found = os.path.realpath(
                connection.exec_driver_sql("pragma database_list").fetchall()[0][2]
            )
        else:
            wanted = os.environ.get("PGDATABASE")
            found = connection.exec_driver_sql("select current_database()").scalar()
        if wanted != found:
            raise SystemExit("whimbrel: Alembic is connected to %s, not to %s" % (found, wanted))

    context_class = migration.MigrationContext
    run_migrations = context_class.run_migrations
    autocommit_block = context_class.autocommit_block
    update_to_step = migration.HeadMaintainer.update_to_step

    def run(self, **keywords):
        if self.connection is not None:
            quiet[0] = True
            check(self.connection)
            quiet[0] = False
            with open(target, "a", encoding="utf-8") as script:
                script.write("-- Observing\nBEGIN;\n")
        return run_migrations(self, **keywords)

    @contextlib.contextmanager
    def outside(self):
        pending.append("COMMIT")
        with autocommit_block(self):
            yield
        pending.append("BEGIN")

    def done(self, step):
        way = "upgrade" if step.is_upgrade else "downgrade"
        ends = [", ".join(step.from_revisions), ", ".join(step.to_revisions)]
        with open(target, "a", encoding="utf-8") as script:
            script.write("-- Running %s %s -> %s\n\n" % (way, ends[0], ends[1]))
            for each in pending:
                script.write(each.strip().rstrip(";") + ";\n\n")
        del pending[:]
        quiet[0] = True
        update_to_step(self, step)
        quiet[0] = False

    context_class.run_migrations = run
    context_class.autocommit_block = outside
    migration.HeadMaintainer.update_to_step = done


if "WHIMBREL_OBSERVED" in os.environ:
    with contextlib.suppress(ImportError):
        observe(os.environ["WHIMBREL_OBSERVED"])
