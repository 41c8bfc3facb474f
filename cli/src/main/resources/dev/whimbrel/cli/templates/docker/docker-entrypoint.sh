#!/bin/sh
# Where the platform has no step before a deployment, WHIMBREL_ON_START=deploy runs the gate here.
# Then this becomes the application, so that signals reach it.
set -eu
if [ "${WHIMBREL_ON_START:-none}" = deploy ]; then
  whimbrel deploy
fi
exec "$@"
