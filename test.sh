#!/usr/bin/env bash
# Runs every test. Installs what the tests need where it can (root on Debian), says what it skips where it cannot,
# and ends with the counts alone on a line.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

if ! command -v dotnet >/dev/null; then
    echo "test.sh: the .NET SDK $(sed -n 's/.*"version": "\([0-9.]*\)".*/\1/p' global.json) is missing; install it and put dotnet on PATH." >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

# Tests with programs that are not ours: the sqlite3 shell against the store, zstd for recorded sessions, redis-server (on ports of its own).
missing=()
for tool in sqlite3 zstd redis-server; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing ${missing[*]}"
        { apt-get -o DPkg::Lock::Timeout=900 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900 install -y -qq "${missing[@]}"; } >/dev/null 2>&1 ||
            echo "could not install ${missing[*]}: the tests that need them are skipped"
    else
        echo "not installed: ${missing[*]}; the tests that need them are skipped"
    fi
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! ./mts version >/dev/null || ! dotnet build Mts.slnx -c Release -v quiet; then
    echo "the build failed"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

passed=0 failed=0 skipped=0
for project in tests/Mts.*/; do
    name=$(basename "$project")
    dotnet exec "${project}bin/Release/net10.0/$name.dll" -noColor -trx "$results/$name.trx" "$@"
    status=$?
    read -r p f s < <(sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)" failed="\([0-9]*\)".*/\3 \4 \1 \2/p' "$results/$name.trx" 2>/dev/null | awk '{print $1, $2, $3 - $4}')
    passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
    # A runner that dies, or runs nothing, has not passed.
    if [ "$status" != 0 ] && [ "${f:-0}" = 0 ]; then failed=$((failed + 1)); fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
