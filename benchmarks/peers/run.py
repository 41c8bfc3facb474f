#!/usr/bin/env python3
"""Compares Whimbrel with its peers: whole processes, in turn, in one run, on one fresh PostgreSQL.

    benchmarks/peers/run.py [--quick] [--keep] [--launcher PATH]

Needs a built distribution (`./whimbrel --version` makes one), PostgreSQL's server and psql, Maven for Flyway
and Liquibase, npm for dbmate and Debian's alembic; what is missing is left out, and said so. Writes
docs/benchmarks.md and docs/benchmarks.svg. Nothing is asserted: the figures are for reading.
"""
import argparse
import glob
import hashlib
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "docs")


def run(command, **kw):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kw)


def version_of(command):
    try:
        return run(command).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return ""


class Server:
    """A PostgreSQL of its own, with TLS and SCRAM beside a trusted login."""

    def __init__(self, home):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
        if not found:
            sys.exit("no PostgreSQL server in /usr/lib/postgresql: apt-get install postgresql")
        self.bin = os.path.dirname(found[-1])
        # Not what is on PATH: Debian's psql is a script that looks for this one.
        self.program = os.path.join(self.bin, "psql")
        # In memory where there is some: after a database was dropped, ext4 takes minutes to find numbers for files.
        memory = "/dev/shm"
        self.place = tempfile.mkdtemp(prefix="whimbrel-peers-", dir=memory if os.access(memory, os.W_OK) else home)
        self.data = os.path.join(self.place, "pg")
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.demote = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        os.mkdir(self.data)
        if self.demote:
            os.chmod(home, 0o755)
            os.chmod(self.place, 0o755)
            shutil.chown(self.data, "nobody", "nogroup")
        self.do("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C")
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=localhost",
             "-keyout", self.data + "/server.key", "-out", self.data + "/server.crt"])
        os.chmod(self.data + "/server.key", 0o600)
        if self.demote:
            for name in ("server.key", "server.crt"):
                shutil.chown(os.path.join(self.data, name), "nobody", "nogroup")
        with open(self.data + "/pg_hba.conf", "w") as hba:
            hba.write("host all postgres 127.0.0.1/32 trust\nhostssl all app 127.0.0.1/32 scram-sha-256\n")
        with open(self.data + "/postgresql.conf", "a") as conf:
            conf.write(f"port = {self.port}\nssl = on\nlisten_addresses = '127.0.0.1'\n"
                       "unix_socket_directories = ''\nfsync = off\n")
        self.do("pg_ctl", "-D", self.data, "-l", self.data + "/log", "-w", "start")
        self.sql("postgres", "create role app superuser login password 'secret'")

    def do(self, program, *arguments):
        run(self.demote + [os.path.join(self.bin, program), *arguments], cwd="/")

    def psql(self, database, *arguments):
        return [self.program, "-qXAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database, *arguments]

    def sql(self, database, text):
        return run(self.psql(database, "-c", text)).stdout

    def fresh(self, database):
        self.sql("postgres", f'drop database if exists "{database}" with (force)')
        self.sql("postgres", f'create database "{database}"')

    def url(self, database, scheme="postgresql", login="postgres", mode="disable"):
        return f"{scheme}://{login}@127.0.0.1:{self.port}/{database}?sslmode={mode}"

    def stop(self):
        self.do("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.place, ignore_errors=True)


def ids(n):
    return [hashlib.sha256(str(i).encode()).hexdigest()[:12] for i in range(n)]


def up(i):
    return f"create table t{i} (id bigint primary key, name text not null, at timestamptz)"


class Tool:
    """A tool: its files for n revisions, its command, whether it can be run here."""
    name = ""
    note = ""

    def __init__(self, bench):
        self.bench = bench
        self.server = bench.server
        self.home = os.path.join(bench.home, self.name.replace(" ", "-"))
        os.makedirs(self.home, exist_ok=True)

    def version(self):
        return ""

    def folder(self, n):
        return os.path.join(self.home, str(n))

    def write(self, n, files):
        for name, text in files:
            path = os.path.join(self.folder(n), name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as f:
                f.write(text)


class Whimbrel(Tool):
    name = "Whimbrel"

    def __init__(self, bench):
        super().__init__(bench)
        self.launcher = bench.launcher

    def version(self):
        return version_of([self.launcher, "--version"])

    def files(self, n):
        known = ids(n)
        files = [(f"migrations/2026{i:05}_{id}_t{i}.sql",
                  f"-- revision: {id}\n" + (f"-- revises: {known[i - 1]}\n" if i else "")
                  + f"-- message: Table {i}\n\n-- +upgrade\n\n{up(i)};\n\n-- +downgrade\n\ndrop table t{i};\n")
                 for i, id in enumerate(known)]
        self.write(n, files + [("migrations/HEAD", known[-1] + "\n")])

    def command(self, n, database, login="postgres", mode="disable"):
        return [self.launcher, "-C", self.folder(n), "deploy", "--url", self.server.url(database, "postgresql", login, mode)]

    def generate(self, n, database):
        folder = os.path.join(self.home, f"generate{n}")
        os.makedirs(folder + "/migrations", exist_ok=True)
        with open(folder + "/schema.sql", "w") as f:
            f.write("".join(up(i) + ";\n" for i in range(n)))
        return [self.launcher, "-C", folder, "diff", "rev:base", "file:schema.sql"], {
            "WHIMBREL_SCRATCH_URL": self.server.url("postgres")}


class Dbmate(Tool):
    name = "dbmate"

    def __init__(self, bench):
        super().__init__(bench)
        self.program = shutil.which("dbmate")
        if not self.program:
            run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", self.home, "dbmate"])
            self.program = glob.glob(self.home + "/node_modules/@dbmate/*/bin/dbmate")[0]

    def version(self):
        return version_of([self.program, "--version"])

    def files(self, n):
        self.write(n, [(f"2026010100{i:05}_t{i}.sql",
                        f"-- migrate:up\n{up(i)};\n\n-- migrate:down\ndrop table t{i};\n") for i in range(n)])

    def command(self, n, database, login="postgres", mode="disable"):
        return [self.program, "--no-dump-schema", "-d", self.folder(n), "--url",
                self.server.url(database, "postgres", login, mode), "migrate"]


class Alembic(Tool):
    name = "Alembic"

    def __init__(self, bench):
        super().__init__(bench)
        self.program = shutil.which("alembic")
        if not self.program:
            raise OSError("alembic is not installed (apt-get install alembic python3-psycopg2)")

    def version(self):
        return version_of([self.program, "--version"])

    def environment(self, folder, metadata):
        os.makedirs(folder + "/versions", exist_ok=True)
        with open(folder + "/env.py", "w") as f:
            f.write("import os\nfrom alembic import context\nfrom sqlalchemy import create_engine\n" + metadata
                    + "with create_engine(os.environ['URL']).connect() as connection:\n"
                    "    context.configure(connection=connection, target_metadata=metadata,\n"
                    "                      transaction_per_migration=True)\n"
                    "    with context.begin_transaction():\n        context.run_migrations()\n")
        with open(folder + "/script.py.mako", "w") as f:
            f.write('"""${message}"""\nfrom alembic import op\nimport sqlalchemy as sa\n'
                    "revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n"
                    "def upgrade():\n    ${upgrades if upgrades else 'pass'}\n"
                    "def downgrade():\n    ${downgrades if downgrades else 'pass'}\n")
        with open(folder + "/alembic.ini", "w") as f:
            f.write(f"[alembic]\nscript_location = {folder}\n")

    def files(self, n):
        known = ids(n)
        self.environment(self.folder(n), "metadata = None\n")
        self.write(n, [(f"versions/{id}.py",
                        f"from alembic import op\nrevision = '{id}'\n"
                        f"down_revision = {repr(known[i - 1]) if i else None}\n"
                        f"def upgrade():\n    op.execute('{up(i)}')\n"
                        f"def downgrade():\n    op.execute('drop table t{i}')\n") for i, id in enumerate(known)])

    def command(self, n, database):
        return [self.program, "-c", self.folder(n) + "/alembic.ini", "upgrade", "head"], {
            "URL": self.server.url(database)}

    def generate(self, n, database):
        folder = os.path.join(self.home, f"generate{n}")
        shutil.rmtree(folder, ignore_errors=True)
        self.environment(folder, "from sqlalchemy import *\nmetadata = MetaData()\n"
                         f"for i in range({n}):\n    Table('t%d' % i, metadata, Column('id', BigInteger, primary_key=True),\n"
                         "          Column('name', Text, nullable=False), Column('at', DateTime(timezone=True)))\n")
        return [self.program, "-c", folder + "/alembic.ini", "revision", "--autogenerate", "-m", "x"], {
            "URL": self.server.url(database)}


class JavaTool(Tool):
    profile = ""

    def __init__(self, bench):
        super().__init__(bench)
        self.lib = os.path.join(self.home, "lib")
        run(["mvn", "-q", "-B", "-f", os.path.join(HERE, "pom.xml"), f"-P{self.profile}",
             "dependency:copy-dependencies", f"-DoutputDirectory={self.lib}"])
        self.java = bench.java

    def jar(self, prefix):
        found = glob.glob(os.path.join(self.lib, prefix + "-[0-9]*.jar"))
        return os.path.basename(found[0])[len(prefix) + 1:-4] if found else "?"


class Flyway(JavaTool):
    name = "Flyway"
    profile = "flyway"
    note = "as a library in a bare JVM"

    def __init__(self, bench):
        super().__init__(bench)
        run([os.path.join(os.path.dirname(self.java), "javac"), "-cp", self.lib + "/*", "-d", self.home,
             os.path.join(HERE, "FlywayMain.java")])

    def version(self):
        return "Flyway " + self.jar("flyway-core")

    def files(self, n):
        self.write(n, [(f"V{i + 1}__t{i}.sql", up(i) + ";\n") for i in range(n)])

    def command(self, n, database):
        return [self.java, "-cp", self.home + ":" + self.lib + "/*", "FlywayMain",
                f"jdbc:postgresql://127.0.0.1:{self.server.port}/{database}?sslmode=disable", self.folder(n)]


class Liquibase(JavaTool):
    name = "Liquibase"
    profile = "liquibase"
    note = "its command line, started directly"

    def version(self):
        return "Liquibase " + self.jar("liquibase-core")

    def files(self, n):
        self.write(n, [("changelog.sql", "--liquibase formatted sql\n" + "".join(
            f"\n--changeset bench:{i}\n{up(i)};\n" for i in range(n)))])

    def line(self, database, *more):
        return [self.java, "-cp", self.lib + "/*", "liquibase.integration.commandline.LiquibaseCommandLine",
                "--url", f"jdbc:postgresql://127.0.0.1:{self.server.port}/{database}?sslmode=disable",
                "--username", "postgres", "--password", "x", *more]

    def command(self, n, database):
        return self.line(database, "--changelog-file", "changelog.sql", "--search-path", self.folder(n), "update")

    def generate(self, n, database):
        out = os.path.join(self.home, f"generated{n}.xml")
        self.server.fresh(f"liquibase_tables{n}")
        self.server.sql(f"liquibase_tables{n}", "".join(up(i) + ";" for i in range(n)))
        return ["sh", "-c", f"rm -f {out}; exec \"$@\"", "sh",
                *self.line(f"liquibase_tables{n}", "--changelog-file", out, "generate-changelog")]


class Bench:
    def __init__(self, options):
        self.options = options
        self.home = tempfile.mkdtemp(prefix="whimbrel-peers-")
        self.launcher = options.launcher
        self.java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        self.server = Server(self.home)
        self.missing = []
        self.scenarios = []
        self.tools = []
        for kind in (Whimbrel, Dbmate, Alembic, Flyway, Liquibase):
            try:
                self.tools.append(kind(self))
            except (OSError, IndexError, subprocess.CalledProcessError) as e:
                self.missing.append(f"{kind.name}: {str(e).splitlines()[0]}")

    def time(self, command):
        extra = {}
        if isinstance(command, tuple):
            command, extra = command
        log = os.path.join(self.home, "log")
        with open(log, "w") as out:
            began = time.perf_counter()
            process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self.home,
                                       env={**os.environ, **extra})
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - began
        if status != 0:
            with open(log) as text:
                raise OSError(f"{' '.join(command[:3])} ended with {status >> 8}: {text.read()[-300:]}")
        return took * 1000, usage.ru_maxrss / 1024

    def compare(self, title, subjects, rounds, before=None):
        """subjects: name -> command or function that makes one; in turn, a warm-up first."""
        figures = {name: ([], []) for name in subjects}
        for turn in range(rounds + 1):
            for name in list(figures):
                try:
                    if before:
                        before(name)
                    make = subjects[name]
                    ms, mib = self.time(make() if callable(make) else make)
                except (OSError, subprocess.CalledProcessError) as e:
                    self.missing.append(f"{name}, {title}: {str(e).splitlines()[0][:200]}")
                    del figures[name]
                    continue
                if turn or rounds == 1:
                    figures[name][0].append(ms)
                    figures[name][1].append(mib)
            if rounds == 1:
                break
        rows = [(name, statistics.median(ms), min(ms), max(ms), statistics.median(mib))
                for name, (ms, mib) in figures.items()]
        self.scenarios.append((title, rows))
        print(title, flush=True)
        for name, ms, low, high, mib in rows:
            print(f"  {name:12} {ms:9.1f} ms  ({low:.1f} to {high:.1f})  {mib:6.1f} MiB", flush=True)

    def run(self):
        quick = self.options.quick
        rounds = 5 if quick else 11
        hello = os.path.join(self.home, "Hello.java")
        with open(hello, "w") as f:
            f.write('public class Hello { public static void main(String[] a) { System.out.println("hello"); } }')
        run([self.java + "c", hello])
        floor = self.server.psql("postgres", "-c", "select 1")
        self.compare("`--version`", {
            "a JVM's hello": [self.java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", self.home, "Hello"],
            "Whimbrel": [self.launcher, "--version"]}, rounds)
        for n in (1, 1000) if quick else (1, 100, 1000):
            subjects = {"psql": floor}
            for tool in self.tools:
                tool.files(n)
                database = f"{tool.name.lower()}_{n}"
                self.server.fresh(database)
                try:
                    self.time(tool.command(n, database))
                    subjects[tool.name] = tool.command(n, database)
                except OSError as e:
                    self.missing.append(f"{tool.name}, {n} revisions: {str(e).splitlines()[0][:200]}")
            self.compare(f"nothing to do, {n:,} revision{'s' * (n > 1)}", subjects, rounds)
        self.cold(subjects)
        self.tls()
        for n in (100,) if quick else (100, 1000):
            self.apply(n, 3 if n == 100 else 1)
        if not quick:
            self.many(10000)
        for n in (100,) if quick else (100, 1000):
            self.generate(n, 3 if n == 100 else 1)

    def cold(self, subjects):
        """The same as the last comparison, each time with an empty page cache."""
        drop = "/proc/sys/vm/drop_caches"
        title = "the same with a cold page cache"

        def empty(_):
            os.sync()
            with open(drop, "w") as f:
                f.write("3")

        try:
            empty("")
        except OSError as e:
            self.missing.append(f"{title}: {e}")
            return
        self.compare(title, subjects, 3 if self.options.quick else 5, empty)

    def tls(self):
        os.environ["PGPASSWORD"] = "secret"
        subjects = {"psql": [self.server.program, "-qXAt", "-c", "select 1", self.server.url("postgres", login="app", mode="require")]}
        for tool in self.tools:
            if tool.name in ("Whimbrel", "dbmate"):
                subjects[tool.name] = tool.command(1, f"{tool.name.lower()}_1", "app:secret", "require")
        self.compare("the same with 1 revision over TLS with a SCRAM password", subjects, 5 if self.options.quick else 11)
        del os.environ["PGPASSWORD"]

    def apply(self, n, rounds):
        """psql as the floor: one process, each file a transaction with a row for its history."""
        files = os.path.join(self.home, "psql", str(n))
        os.makedirs(files, exist_ok=True)
        line = self.server.psql("psql_apply", "-v", "ON_ERROR_STOP=1",
                                "-c", "create table history (id text primary key, at timestamptz default now())")
        for i in range(n):
            path = os.path.join(files, f"{i:05}.sql")
            with open(path, "w") as f:
                f.write(f"begin;\n{up(i)};\ninsert into history (id) values ('{i}');\ncommit;\n")
            line += ["-f", path]
        subjects = {"psql": line}
        for tool in self.tools:
            tool.files(n)
            subjects[tool.name] = tool.command(n, f"{tool.name.lower()}_apply")
        self.compare(f"{n:,} revisions on an empty database", subjects, rounds,
                     lambda name: self.server.fresh(f"{name.lower()}_apply"))

    def many(self, n):
        """How the time grows; for Whimbrel alone, since the others would take the rest of the day."""
        tool = self.tools[0]
        tool.files(n)
        self.compare(f"{n:,} revisions on an empty database", {tool.name: tool.command(n, "whimbrel_many")}, 1,
                     lambda name: self.server.fresh("whimbrel_many"))
        self.compare(f"nothing to do, {n:,} revisions", {tool.name: tool.command(n, "whimbrel_many")}, 3)

    def generate(self, n, rounds):
        subjects = {}
        for tool in self.tools:
            if hasattr(tool, "generate"):
                database = f"{tool.name.lower()}_generate"
                self.server.fresh(database)
                subjects[tool.name] = (lambda t=tool, d=database: t.generate(n, d))
        self.compare(f"generating from {n:,} tables", subjects, rounds)

    def versions(self):
        lines = [tool.version() + (f" ({tool.note})" if tool.note else "") for tool in self.tools]
        lines.append(version_of([os.path.join(self.server.bin, "postgres"), "--version"]))
        lines.append(version_of([self.java, "-version"]))
        lines.append(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors")
        return [line for line in lines if line]


def base_of(rows):
    return next((row for row in rows if row[0] != "Whimbrel"), rows[0])


def markdown(bench):
    lines = ["# Benchmarks", "",
             "Whole processes, in turn, in one run, on one fresh PostgreSQL (`fsync = off`, its files in memory: the disk is"
             " not what is measured). Medians; the machine's own speed is in all of them alike, so read the ratios.", "",
             "![What a deployment with nothing to do costs](benchmarks.svg)", ""]
    for title, rows in bench.scenarios:
        if not rows:
            continue
        floor = base_of(rows)
        lines += [f"## {title[0].upper() + title[1:] if title[0] != '`' else title}", "",
                  f"| | median ms | min to max | × {floor[0]} | Whimbrel is | peak MiB |", "|---|---:|---:|---:|---:|---:|"]
        own = next((row[1] for row in rows if row[0] == "Whimbrel"), None)
        for name, ms, low, high, mib in rows:
            ratio = f"{own / ms:.2f} ×" if own and name != "Whimbrel" else ""
            lines.append(f"| {name} | {ms:.1f} | {low:.1f} to {high:.1f} | {ms / floor[1]:.1f} | {ratio} | {mib:.0f} |")
        lines.append("")
    lines += ["The peak of memory is that of the process.", "",
              "## Versions", ""] + [f"- {line}" for line in bench.versions()]
    if bench.missing:
        lines += ["", "## What could not be run", ""] + [f"- {line}" for line in dict.fromkeys(bench.missing)]
    lines += ["", "## Again", "", "```bash", "./whimbrel --version          # builds the distribution",
              "benchmarks/peers/run.py       # some minutes; --quick for fewer rounds and sizes", "```", "",
              "`make bench` runs the benchmarks within the JVM: the splitter, the parser, the graph and the differ.", ""]
    return "\n".join(lines)


def svg(bench):
    chosen = [s for s in bench.scenarios if s[0].startswith("nothing to do, 1,000")]
    rows = sorted(chosen[0][1] if chosen else [], key=lambda row: row[1])
    most = max((row[1] for row in rows), default=1)
    height = 60 + 34 * len(rows)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" font-family="sans-serif" font-size="14">',
           '<rect width="100%" height="100%" fill="#ffffff"/>',
           '<text x="16" y="28" font-size="16" font-weight="bold">Nothing to do, 1,000 revisions: milliseconds of the whole process</text>']
    for i, (name, ms, *_) in enumerate(rows):
        y = 48 + 34 * i
        width = max(2, 520 * ms / most)
        colour = "#1b7f5c" if name == "Whimbrel" else "#9aa5b1"
        out.append(f'<text x="110" y="{y + 17}" text-anchor="end">{name}</text>'
                   f'<rect x="120" y="{y}" width="{width:.0f}" height="24" fill="{colour}"/>'
                   f'<text x="{128 + width:.0f}" y="{y + 17}">{ms:.0f}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes")
    parser.add_argument("--keep", action="store_true", help="print only, leave docs/ as it is")
    built = sorted(glob.glob(os.path.join(ROOT, "cli/target/whimbrel-[0-9]*/bin/whimbrel")))
    parser.add_argument("--launcher", default=built[-1] if built else None)
    options = parser.parse_args()
    if not options.launcher:
        sys.exit("no distribution in cli/target: run ./whimbrel --version first")
    bench = Bench(options)
    try:
        bench.run()
        if not options.keep:
            with open(os.path.join(OUT, "benchmarks.md"), "w") as f:
                f.write(markdown(bench))
            with open(os.path.join(OUT, "benchmarks.svg"), "w") as f:
                f.write(svg(bench))
        for line in dict.fromkeys(bench.missing):
            print("could not be run:", line)
    finally:
        bench.server.stop()
        shutil.rmtree(bench.home, ignore_errors=True)


if __name__ == "__main__":
    main()
