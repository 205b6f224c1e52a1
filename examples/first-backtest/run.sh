#!/usr/bin/env bash
# Collects a year of daily bars, runs a strategy with two sets of parameters, and shows that a run is the same each time.
set -euo pipefail

mts collect --days 365 --symbols BTC ETH
mts backtest --symbols BTC ETH --strategy SmaCross
mts backtest --symbols BTC ETH --strategy SmaCross --param fast=5 --param slow=20 --report report.html

mts backtest --symbols BTC --strategy SmaCross --json > first.json
mts backtest --symbols BTC --strategy SmaCross --json > second.json
cmp first.json second.json
echo "two runs, the same bytes"
test -s report.html
