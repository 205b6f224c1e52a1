#!/usr/bin/env bash
# Follows two venues live, replays the raw journal, and shows that both came to the same books; then a paper session, and its proof.
set -euo pipefail

mts stream --venues binance,bybit --symbols BTC --duration 6s --book-journal live.jsonl
mts replay data/journal/feed --book-journal replayed.jsonl
cmp live.jsonl replayed.jsonl
echo "the replay comes to every book that was live"

mts paper --strategy SmaCross --param fast=2 slow=4 --symbols BTC --interval 1s --duration 5s --session example
mts replay --session example --verify
