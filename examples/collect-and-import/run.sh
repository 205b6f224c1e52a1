#!/usr/bin/env bash
# Collects daily bars, writes them to a file, imports the file under a name of its own, and compares the two series.
set -euo pipefail

mts collect --days 120 --symbols BTC --source binance
mts data export --symbol BTC --venue binance --out btc.csv.gz
mts data import btc.csv.gz --symbol BTC/USDT --venue copy
mts data export --symbol BTC/USDT --venue copy --out copy.csv.gz

cmp <(zcat btc.csv.gz) <(zcat copy.csv.gz)
echo "the copy equals what was collected"
mts data status
