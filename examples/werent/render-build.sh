#!/bin/sh
# The gate, for Render: compares the database's version with the files, upgrades only when they
# differ, verifies, logs. Run as the preDeployCommand (paid plans) or by docker-entrypoint.sh (free
# plan, which has no pre-deploy step).
set -eu
. "$(dirname -- "$0")/scripts/whimbrel.sh"

whimbrel deploy "$@"
