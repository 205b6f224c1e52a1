#!/usr/bin/env bash
# Runs a strategy at two costs, asks whether the difference is more than luck, and what chance might have made of it.
set -euo pipefail

mts collect --days 365 --symbols BTC
mts backtest --symbols BTC --strategy SmaCross --param fast=5 --param slow=20 --report cheap.html --json > cheap.json
mts backtest --symbols BTC --strategy SmaCross --param fast=5 --param slow=20 --fee-bps 60 --monte-carlo 500 --report dear.html --json > dear.json
mts report list
mts report compare cheap.json dear.json --html compare.html
mts report monte-carlo cheap.json --paths 500
test -s cheap.html && test -s dear.html && test -s compare.html
for page in cheap dear compare; do
  if grep -q "http" "$page.html"; then exit 1; fi
done
echo "three pages that need nothing but themselves"
