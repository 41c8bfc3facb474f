#!/bin/sh
# Runs the service on this machine, with the database that whimbrel.toml calls local.
set -eu
. "$(dirname -- "$0")/whimbrel.sh"
compile
cd "$project"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:$(cat target/classpath.txt)" com.werent.Werent "$@"
