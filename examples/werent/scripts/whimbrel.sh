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

# The models are read from compiled classes. WERENT_COMPILE=0 where they are fresh already.
compile() {
  [ "${WERENT_COMPILE:-1}" != 0 ] || return 0
  if [ -f "$project/../../pom.xml" ]; then
    (cd "$project/../.." && mvn -q -B -pl examples/werent -am compile -Dspotless.check.skip -Dcheckstyle.skip)
  else
    (cd "$project" && mvn -q -B compile)
  fi
}
