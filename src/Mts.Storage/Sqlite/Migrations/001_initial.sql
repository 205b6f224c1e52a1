-- Times are Unix microseconds, UTC, in the tables; the views at the end give milliseconds and ISO text.
-- Days are counted from 1970-01-01.

CREATE TABLE provenance (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    request TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    venue TEXT NOT NULL,
    symbol TEXT NOT NULL,
    interval TEXT NOT NULL,
    has_volume INTEGER NOT NULL,
    updated_at INTEGER,
    UNIQUE (venue, symbol, interval)
) STRICT;

CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    first_time INTEGER NOT NULL,
    last_time INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    rows_hash TEXT NOT NULL,
    provenance_id INTEGER NOT NULL REFERENCES provenance (id)
) STRICT;
CREATE INDEX segment_by_series ON segment (series_id, first_time);

-- No foreign keys here: they would cost a look-up per bar, and the verification of segments checks the same.
CREATE TABLE bar (
    series_id INTEGER NOT NULL,
    open_time INTEGER NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    volume REAL,
    segment_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, open_time)
) STRICT, WITHOUT ROWID;

CREATE TABLE bar_revision (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    open_time INTEGER NOT NULL,
    open REAL NOT NULL,
    high REAL NOT NULL,
    low REAL NOT NULL,
    close REAL NOT NULL,
    volume REAL,
    reason TEXT NOT NULL,
    superseded_at INTEGER NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX bar_revision_by_bar ON bar_revision (series_id, open_time);

CREATE TABLE point_series (
    id INTEGER PRIMARY KEY,
    venue TEXT NOT NULL,
    asset TEXT NOT NULL,
    UNIQUE (venue, asset)
) STRICT;

CREATE TABLE point (
    series_id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    price REAL NOT NULL,
    trailing_volume REAL,
    provenance_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE point_revision (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    price REAL NOT NULL,
    trailing_volume REAL,
    provenance_id INTEGER NOT NULL,
    superseded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE macro_series (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    updated_at INTEGER
) STRICT;

-- One row per vintage. A derived row (filled or interpolated) stands beside the observed ones and never replaces them.
CREATE TABLE macro_observation (
    series_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    known_time INTEGER NOT NULL,
    derived INTEGER NOT NULL,
    value REAL,
    is_interpolated INTEGER NOT NULL,
    is_forward_filled INTEGER NOT NULL,
    provenance_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, day, known_time, derived)
) STRICT, WITHOUT ROWID;

CREATE TABLE funding_series (
    id INTEGER PRIMARY KEY,
    venue TEXT NOT NULL,
    symbol TEXT NOT NULL,
    UNIQUE (venue, symbol)
) STRICT;

CREATE TABLE funding (
    series_id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    rate REAL NOT NULL,
    mark_price REAL,
    provenance_id INTEGER NOT NULL,
    PRIMARY KEY (series_id, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE funding_revision (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL,
    time INTEGER NOT NULL,
    rate REAL NOT NULL,
    mark_price REAL,
    provenance_id INTEGER NOT NULL,
    superseded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE signal (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    known_time INTEGER NOT NULL,
    asset TEXT NOT NULL,
    instrument INTEGER NOT NULL,
    strategy TEXT NOT NULL,
    direction INTEGER NOT NULL,
    strength REAL NOT NULL,
    confidence REAL NOT NULL,
    position_size REAL NOT NULL,
    price REAL NOT NULL,
    stop REAL,
    target REAL,
    horizon INTEGER,
    reason TEXT NOT NULL,
    run_id TEXT NOT NULL,
    UNIQUE (time, asset, strategy, run_id)
) STRICT;

CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    venue TEXT,
    symbol TEXT,
    interval TEXT,
    from_time INTEGER,
    until_time INTEGER,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_by_series ON ledger (venue, symbol, interval, kind);

-- Index of the results in data/runs; figures are doubles for queries, the exact decimals stand in json.
CREATE TABLE backtest_runs (
    run_id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    strategy TEXT NOT NULL,
    symbols TEXT NOT NULL,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE performance_metrics (
    run_id TEXT NOT NULL REFERENCES backtest_runs (run_id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    value REAL,
    PRIMARY KEY (run_id, metric)
) STRICT, WITHOUT ROWID;

CREATE TABLE trade_executions (
    run_id TEXT NOT NULL REFERENCES backtest_runs (run_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    quantity REAL NOT NULL,
    entry_time TEXT NOT NULL,
    entry_price REAL NOT NULL,
    exit_time TEXT NOT NULL,
    exit_price REAL NOT NULL,
    pnl REAL NOT NULL,
    fees REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE portfolio_snapshots (
    run_id TEXT NOT NULL REFERENCES backtest_runs (run_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time TEXT NOT NULL,
    equity REAL NOT NULL,
    PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

-- Which series crypto_ohlcv shows for an asset; kept by the writer.
CREATE TABLE primary_series (
    id INTEGER PRIMARY KEY,
    asset TEXT NOT NULL UNIQUE,
    series_id INTEGER REFERENCES series (id)
) STRICT;

CREATE VIEW crypto_ohlcv AS
SELECT p.id * 1000000 + b.open_time / 86400000000 AS id,
       p.asset AS cryptocurrency,
       b.open_time / 1000 AS timestamp,
       strftime('%Y-%m-%d', b.open_time / 1000000, 'unixepoch') AS date_str,
       b.open, b.high, b.low, b.close, b.volume,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.fetched_at / 1000000, 'unixepoch') AS created_at
FROM primary_series p
JOIN bar b ON b.series_id = p.series_id
LEFT JOIN segment s ON s.id = b.segment_id
LEFT JOIN provenance v ON v.id = s.provenance_id;

CREATE VIEW bars AS
SELECT r.venue, r.symbol, r.interval,
       strftime('%Y-%m-%dT%H:%M:%SZ', b.open_time / 1000000, 'unixepoch') AS open_time,
       b.open_time / 1000 AS timestamp,
       b.open, b.high, b.low, b.close, b.volume,
       v.source,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.fetched_at / 1000000, 'unixepoch') AS fetched_at
FROM series r
JOIN bar b ON b.series_id = r.id
LEFT JOIN segment s ON s.id = b.segment_id
LEFT JOIN provenance v ON v.id = s.provenance_id;

CREATE VIEW points AS
SELECT r.venue, r.asset,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.time / 1000000, 'unixepoch') AS time,
       p.time / 1000 AS timestamp,
       p.price, p.trailing_volume, v.source
FROM point_series r
JOIN point p ON p.series_id = r.id
LEFT JOIN provenance v ON v.id = p.provenance_id;

-- Every vintage, as the store keeps it.
CREATE VIEW macro_vintages AS
SELECT r.name AS indicator,
       strftime('%Y-%m-%d', o.day * 86400, 'unixepoch') AS date,
       o.value,
       strftime('%Y-%m-%dT%H:%M:%SZ', o.known_time / 1000000, 'unixepoch') AS known_time,
       o.is_interpolated, o.is_forward_filled, v.source
FROM macro_series r
JOIN macro_observation o ON o.series_id = r.id
LEFT JOIN provenance v ON v.id = o.provenance_id;

-- The newest observed vintage of a day; where it is missing, the newest derived one.
CREATE VIEW macro_indicators AS
WITH newest AS (
    SELECT *, row_number() OVER (PARTITION BY series_id, day, derived ORDER BY known_time DESC) AS age
    FROM macro_observation
)
SELECT o.series_id * 1000000 + o.day + 500000 AS id,
       r.name AS indicator,
       strftime('%Y-%m-%d', o.day * 86400, 'unixepoch') AS date,
       o.value, o.is_interpolated, o.is_forward_filled,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.fetched_at / 1000000, 'unixepoch') AS created_at
FROM newest o
JOIN macro_series r ON r.id = o.series_id
LEFT JOIN provenance v ON v.id = o.provenance_id
WHERE o.age = 1 AND o.value IS NOT NULL
  AND (o.derived = 0 OR (
      SELECT n.value FROM macro_observation n
      WHERE n.series_id = o.series_id AND n.day = o.day AND n.derived = 0
      ORDER BY n.known_time DESC LIMIT 1) IS NULL);

CREATE VIEW funding_rates AS
SELECT r.venue AS exchange, r.symbol,
       f.time / 1000 AS timestamp,
       f.rate AS funding_rate,
       NULL AS predicted_rate,
       f.time / 1000 AS funding_time,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.time / 1000000, 'unixepoch') AS time,
       f.mark_price, v.source,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.fetched_at / 1000000, 'unixepoch') AS created_at
FROM funding_series r
JOIN funding f ON f.series_id = r.id
LEFT JOIN provenance v ON v.id = f.provenance_id;

CREATE VIEW signal_history AS
SELECT id,
       strftime('%Y-%m-%dT%H:%M:%SZ', time / 1000000, 'unixepoch') AS time,
       strftime('%Y-%m-%dT%H:%M:%SZ', known_time / 1000000, 'unixepoch') AS known_time,
       time / 1000 AS timestamp,
       asset, strategy,
       CASE direction WHEN 1 THEN 'LONG' WHEN -1 THEN 'SHORT' ELSE 'FLAT' END AS direction,
       strength, confidence, position_size, price, stop, target, reason, run_id
FROM signal;
