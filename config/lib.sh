# shellcheck shell=bash
# config/lib.sh: what config/setup, config/run and tests/run share. Sourced by bash, from any folder.
# After it, $top is the project's folder, and node and npm are the pinned ones where config/setup made them.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$top/.tools
[ ! -d "$tools/node/node_modules/.bin" ] || PATH=$tools/node/node_modules/.bin:$PATH
export PATH

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
say() { printf '%s\n' "$bold$*$plain"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# quietly TITLE COMMAND...: runs it with its output in a log, of which the end is shown only when it fails.
quietly() {
  local title=$1 log start=$SECONDS status=0
  shift
  mkdir -p "$top/.build/log"
  log=$top/.build/log/${title//[^a-zA-Z0-9]/-}.log
  say "$title"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" != 0 ]; then
    tail -n 60 "$log" >&2
    printf '%s\n' "This did not work: $title. All of its output is in $log" >&2
    return "$status"
  fi
  [ $((SECONDS - start)) -lt 5 ] || printf '%s\n' "$dim  $((SECONDS - start)) s$plain"
}

# hash_of PATH...: one hash over the names and contents of files and folders, without what builds leave in them.
hash_of() {
  find "$@" \( -name node_modules -o -name dist -o -name .git \) -prune -o -type f -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1
}

# fresh STAMP HASH: whether the stamp holds this hash. stamp STAMP HASH: writes it.
fresh() { [ -e "$1" ] && [ "$(cat "$1")" = "$2" ]; }
stamp() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

# build_server PRESET [TARGET...]: configures when needed and builds; a few tenths of a second when nothing changed.
build_server() {
  local preset=$1
  shift
  (
    cd "$top" || exit
    if [ ! -e ".build/$preset/build.ninja" ]; then cmake --preset "$preset" || exit; fi
    cmake --build --preset "$preset" ${1:+--target "$@"}
  )
}

# server_of PRESET: where the program lies once it is built.
server_of() { printf '%s\n' "$top/.build/$1/bridge/ouderbrug"; }

# npm_ci FOLDER: what its package-lock.json says, once for each state of the lock.
lock_of() { sha256sum "$1/package-lock.json" | cut -d' ' -f1; }
npm_is_there() { fresh "$1/node_modules/.stamp" "$(lock_of "$1")"; }
npm_ci() {
  npm_is_there "$1" && return
  (cd "$1" && npm ci --no-audit --no-fund) && stamp "$1/node_modules/.stamp" "$(lock_of "$1")"
}

# build_web: web/dist, made again only when something it is made of has changed.
build_web() {
  local want
  want=$(hash_of "$top/web" "$top/locales" "$top/bridge/proto")
  [ -e "$top/web/dist/index.html" ] && fresh "$top/.build/web.stamp" "$want" && return
  npm_ci "$top/web" && (cd "$top/web" && npm run build) && stamp "$top/.build/web.stamp" "$(hash_of "$top/web" "$top/locales" "$top/bridge/proto")"
}
