#!/bin/sh
# deps.sh missing PACKAGE...   prints the Debian packages that are not there
# deps.sh install PACKAGE...   installs those, asking for root only then
#
# Where there is no dpkg nothing is called missing: the compiler will tell.
set -eu

command=$1
shift
export LC_ALL=C

missing () {
  command -v dpkg-query >/dev/null || return 0
  form='${db:Status-Status}:${Package} '
  have=" $(dpkg-query -W -f "$form" "$@" 2>/dev/null || true)"
  for package in "$@"; do
    case $have in
      *" installed:$package "*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# The package lists are fetched when apt has never heard of a package, or
# when what it has heard is out of date, which the download shows.
install () {
  known=$(apt-cache policy "$@" | grep -c 'Candidate: [^(]' || true)
  [ "$known" -eq $# ] || apt_get update
  apt_get install "$@" || { apt_get update && apt_get install "$@"; }
}

apt_get () {
  verb=$1
  shift
  $root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends "$verb" "$@" >>"$log" 2>&1
}

case $command in
  missing)
    missing "$@" ;;
  install)
    wanted=$(missing "$@")
    [ -n "$wanted" ] || exit 0
    echo "installing $wanted" >&2
    if [ "$(id -u)" -eq 0 ]; then root=
    elif command -v sudo >/dev/null; then root=sudo
    else
      echo "deps: this needs root, and there is no sudo. As root, run:" >&2
      echo "  apt-get install $wanted" >&2
      exit 1
    fi
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # shellcheck disable=SC2086  # a list of names
    install $wanted || {
      cat "$log" >&2
      echo "deps: apt-get could not install $wanted" >&2
      echo "  look at its reason above; then run make deps again" >&2
      exit 1
    } ;;
  *)
    echo "deps.sh: missing or install, not '$command'" >&2
    exit 2 ;;
esac
