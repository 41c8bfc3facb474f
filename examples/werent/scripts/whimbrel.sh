# Sourced by the scripts beside it: defines `whimbrel`, which runs in this project's directory.
# WHIMBREL names the program; without it the one on the PATH is used, or the checkout's launcher.
project=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
case $project in */scripts) project=${project%/scripts} ;; esac

if [ -z "${WHIMBREL:-}" ]; then
  if [ -x "$project/../../whimbrel" ]; then
    WHIMBREL=$project/../../whimbrel
  else
    WHIMBREL=whimbrel
  fi
fi

whimbrel() {
  "$WHIMBREL" -C "$project" "$@"
}
