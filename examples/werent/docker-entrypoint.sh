#!/bin/sh
# On Render's free plan there is no step before a deployment: WERENT_MIGRATE_ON_START=1 runs the gate
# here. Then this becomes the application, so that signals reach it.
set -eu
if [ "${WERENT_MIGRATE_ON_START:-}" = 1 ]; then
  ./render-build.sh
fi
exec "$@"
