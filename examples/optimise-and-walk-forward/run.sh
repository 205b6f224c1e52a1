#!/usr/bin/env bash
# Searches the two means of a cross on the past, asks how much of the best is luck, and walks forward: what was best so far trades the next stretch.
set -euo pipefail

mts collect --start 2021-01-01 --symbols BTC
mts optimize --symbols BTC --strategy SmaCross --param fast=5..25:5 --param slow=30..90:15 \
  --walk-forward rolling --folds 4 --report search.html
mts optimize --symbols BTC --strategy SmaCross --param fast=5..25:5 --param slow=30..90:15 \
  --search bayesian --trials 15 --seed 7 --constraint 'trades>=3' --train 0.7
mts report trials --strategy SmaCross
test -s search.html

# The same search says the same, whatever was done in between.
mts optimize --symbols BTC --strategy SmaCross --param fast=5..25:5 --param slow=30..90:15 --cv purged --json > first.json
mts optimize --symbols BTC --strategy SmaCross --param fast=5..25:5 --param slow=30..90:15 --cv purged --json > second.json
cmp first.json second.json
echo "two searches, the same bytes"
