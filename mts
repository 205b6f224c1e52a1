#!/usr/bin/env bash
# Runs the command; builds it first when a source has changed since the last build.
set -euo pipefail
self=${BASH_SOURCE[0]}
while [[ -L $self ]]; do
  link=$(readlink "$self")
  [[ $link == /* ]] && self=$link || self=${self%/*}/$link
done
[[ $self == */* ]] || self=./$self
home=$(cd -- "${self%/*}" && pwd -P)
out=$home/out

# Names, times and sizes of everything the build reads.
sources() {
  cd -- "$home"
  find src Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json .editorconfig \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -printf '%p %T@ %s\n'
}

build() {
  if ! command -v dotnet >/dev/null; then
    echo "mts: the .NET SDK is missing: install the version that global.json names (https://dot.net/download) and run this again." >&2
    exit 1
  fi
  local rid log extra=()
  case $(uname -sm) in
    "Linux x86_64") rid=linux-x64 ;;
    # The lock files know linux-x64 only.
    "Linux aarch64") rid=linux-arm64 extra=("-p:RuntimeIdentifiers=linux-arm64" -p:RestorePackagesWithLockFile=false) ;;
    *) echo "mts: $(uname -sm) is not supported by this script; use 'dotnet run --project src/Mts.Cli -c Release --'." >&2; exit 1 ;;
  esac
  echo "mts: building…" >&2
  rm -rf -- "$out/next"
  if ! log=$(dotnet publish "$home/src/Mts.Cli" -c Release "-p:MtsRuntime=$rid" \
      "${extra[@]}" -o "$out/next" -v q --nologo 2>&1 {lock}>&-); then
    printf '%s\n' "$log" >&2
    echo "mts: the build failed; see above." >&2
    exit 1
  fi
  # Swapped as a whole: a run that started before keeps its files.
  rm -rf -- "$out/old"
  [[ ! -d $out/app ]] || mv -- "$out/app" "$out/old"
  mv -- "$out/next" "$out/app"
  local dotnet
  dotnet=$(readlink -f "$(command -v dotnet)")
  printf '%s' "${dotnet%/*}" >"$out/dotnet-root"
  printf '%s' "$1" >"$out/stamp"
  rm -rf -- "$out/old"
}

stamp=$(sources)
if [[ ! -x $out/app/mts || ! -f $out/stamp || $(<"$out/stamp") != "$stamp" ]]; then
  mkdir -p -- "$out"
  exec {lock}>"$out/lock"
  ! command -v flock >/dev/null || flock "$lock"
  # Another one may have built while this one waited.
  if [[ ! -x $out/app/mts || ! -f $out/stamp || $(<"$out/stamp") != "$stamp" ]]; then build "$stamp"; fi
  exec {lock}>&-
fi
export MTS_HOME=$home
# An SDK that lies in a folder of its own is found by PATH only; the program looks elsewhere.
export DOTNET_ROOT=${DOTNET_ROOT:-$(<"$out/dotnet-root")}
exec "$out/app/mts" "$@"
