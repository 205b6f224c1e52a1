#!/usr/bin/env bash
# Records a market, and learns when limit orders would have been filled in it; a bolder model of the queue, and slower orders.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)

mts stream --venues binance --markets spot --symbols BTC --channels depth,trade --duration 10s
rest=(--book data/journal/feed --interval 1s --allow-gaps --strategy-path "$here/Bidder" --strategy Bidder --maker-bps 1)
mts backtest "${rest[@]}" --report queue.html
grep -q 'In the queue' queue.html
echo "the page shows who waited"

mts backtest "${rest[@]}" --queue power:3
mts backtest "${rest[@]}" --queue log --order-latency 50ms --feed-latency 20ms --json > slow.json
grep -q '"ahead_at_entry"' slow.json
echo "every order knows what stood ahead of it"

if mts backtest "${rest[@]}" --queue hope 2> refused.txt; then exit 1; fi
grep -q "'hope' is no queue model" refused.txt
echo "hope is no queue model"
