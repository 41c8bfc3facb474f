#!/bin/sh
# Migrations of WeRent, for people: each command is one command of whimbrel.
set -eu
. "$(dirname -- "$0")/whimbrel.sh"

usage() {
  cat <<'EOF'
Usage: ./scripts/migration-manager.sh COMMAND

  status             version of the database, latest version of the files, what is pending
  migrate "message"  create a new migration from the changed models
  upgrade            apply the pending migrations
  simulate           show what a deployment would do; changes nothing
  stamp [version]    record a version (default: head) without running anything
  fix                tables exist, but no tracking: find the version they are at and record it
  help               show this help
EOF
}

command=${1:-help}
[ $# -gt 0 ] && shift
case $command in
  migrate)
    if [ $# -ne 1 ]; then
      echo 'migrate takes one message: ./scripts/migration-manager.sh migrate "Add new user fields"' >&2
      exit 2
    fi
    compile >&2
    whimbrel migrate "$1"
    ;;
  status | upgrade | simulate) whimbrel "$command" "$@" ;;
  # Whoever runs this asked for just that: no question, so that it works without a terminal.
  fix) whimbrel fix --yes "$@" ;;
  stamp) whimbrel stamp --yes "${1:-head}" ;;
  help | -h | --help) usage ;;
  *)
    echo "Unknown command: $command" >&2
    usage >&2
    exit 2
    ;;
esac
