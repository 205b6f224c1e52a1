#!/usr/bin/env bash
# Begins a strategy, checks it, runs and searches it, and shows what a mistake looks like.
set -euo pipefail

mts collect --days 365 --symbols BTC ETH
mts strategy new AboveMean
dotnet run --project AboveMean

mts backtest --strategy-path AboveMean --strategy AboveMean --symbols BTC ETH --param length=10
mts optimize --strategy-path AboveMean --strategy AboveMean --symbols BTC --param length=10..50:10

# The source is part of the run's identity: the same source is the same run, another one is not.
mts backtest --strategy-path AboveMean --strategy AboveMean --symbols BTC --json > first.json
mts backtest --strategy-path AboveMean --strategy AboveMean --symbols BTC --json > second.json
cmp first.json second.json
grep -q '"source_hash"' first.json
echo "the same source, the same bytes"

# On live bars; the journal proves itself with the same source, and with no other.
mts paper --strategy-path AboveMean --strategy AboveMean --param length=3 --symbols BTC --interval 1s --duration 4s --session mine
mts replay --strategy-path AboveMean --session mine --verify
echo '// Another source now.' >> AboveMean/AboveMeanStrategy.cs
if mts replay --strategy-path AboveMean --session mine --verify 2> other.txt; then exit 1; fi
grep -q 'began with another source of AboveMean' other.txt
echo "another source is another strategy"

# A mistake is told with its file and line, and nothing is run.
echo 'internal static class Wrong { private static int One() => "1"; }' > AboveMean/Wrong.cs
if mts backtest --strategy-path AboveMean --strategy AboveMean --symbols BTC > none.txt 2> mistake.txt; then exit 1; fi
grep -q 'Wrong.cs(1,' mistake.txt
test ! -s none.txt
echo "a mistake has its file and line"
