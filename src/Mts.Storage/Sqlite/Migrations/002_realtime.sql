-- What the live feeds leave behind. Times are Unix microseconds, UTC; the views give milliseconds and ISO text.
-- Prices and sizes of books are whole numbers, price_unit and size_unit of them make one.

CREATE TABLE market (
    id INTEGER PRIMARY KEY,
    venue TEXT NOT NULL,
    symbol TEXT NOT NULL,
    UNIQUE (venue, symbol)
) STRICT;

CREATE TABLE book_snapshot (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    time INTEGER NOT NULL,
    received INTEGER NOT NULL,
    update_id INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    price_unit INTEGER NOT NULL,
    size_unit INTEGER NOT NULL,
    UNIQUE (market_id, time, update_id)
) STRICT;
CREATE INDEX book_snapshot_by_time ON book_snapshot (time);

-- Side 0 is bid, 1 is ask; level 0 is the best. No foreign key: it would cost a look-up per level.
CREATE TABLE book_level (
    snapshot_id INTEGER NOT NULL,
    side INTEGER NOT NULL,
    level INTEGER NOT NULL,
    price INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, side, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE spread (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    time INTEGER NOT NULL,
    received INTEGER NOT NULL,
    price_unit INTEGER NOT NULL,
    size_unit INTEGER NOT NULL,
    bid INTEGER NOT NULL,
    bid_size INTEGER NOT NULL,
    ask INTEGER NOT NULL,
    ask_size INTEGER NOT NULL,
    UNIQUE (market_id, time)
) STRICT;
CREATE INDEX spread_by_time ON spread (time);

CREATE TABLE funding_quote (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    time INTEGER NOT NULL,
    rate REAL NOT NULL,
    next_funding INTEGER,
    mark_price REAL NOT NULL,
    index_price REAL,
    UNIQUE (market_id, time)
) STRICT;
CREATE INDEX funding_quote_by_time ON funding_quote (time);

-- Size and net_bps are NULL where no size pays.
CREATE TABLE cross_spread (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    sell_market_id INTEGER NOT NULL REFERENCES market (id),
    time INTEGER NOT NULL,
    size REAL,
    buy_price REAL NOT NULL,
    sell_price REAL NOT NULL,
    gross_bps REAL NOT NULL,
    net_bps REAL,
    UNIQUE (market_id, sell_market_id, time)
) STRICT;
CREATE INDEX cross_spread_by_time ON cross_spread (time);

-- Its time is that of the first sighting, best_time that of the figures.
CREATE TABLE opportunity (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    sell_market_id INTEGER NOT NULL REFERENCES market (id),
    time INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    ended INTEGER,
    end_reason TEXT,
    best_time INTEGER NOT NULL,
    size REAL NOT NULL,
    buy_price REAL NOT NULL,
    sell_price REAL NOT NULL,
    gross_bps REAL NOT NULL,
    net_bps REAL NOT NULL,
    net_profit REAL NOT NULL,
    UNIQUE (market_id, sell_market_id, time)
) STRICT;
CREATE INDEX opportunity_by_time ON opportunity (time);

CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    market_id INTEGER NOT NULL REFERENCES market (id),
    channel TEXT NOT NULL,
    cause TEXT NOT NULL,
    time INTEGER NOT NULL,
    last_id INTEGER,
    next_id INTEGER,
    ended INTEGER,
    repair TEXT
) STRICT;
-- A gap without a last id is one gap too, so its NULL must not count as different from itself.
CREATE UNIQUE INDEX gap_once ON gap (market_id, channel, time, cause, ifnull(last_id, -1));
CREATE INDEX gap_by_time ON gap (time);

CREATE TABLE dead_letter (
    id INTEGER PRIMARY KEY,
    venue TEXT NOT NULL,
    kind TEXT NOT NULL,
    symbol TEXT,
    channel TEXT,
    connection INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    time INTEGER NOT NULL,
    reason TEXT NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (time, venue, kind, connection, epoch, position)
) STRICT;

-- The account of a connection has an empty symbol and channel.
CREATE TABLE stream_account (
    id INTEGER PRIMARY KEY,
    session TEXT NOT NULL,
    venue TEXT NOT NULL,
    kind TEXT NOT NULL,
    symbol TEXT NOT NULL,
    channel TEXT NOT NULL,
    connection INTEGER NOT NULL,
    time INTEGER NOT NULL,
    received INTEGER NOT NULL,
    applied INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    stale INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    discarded INTEGER NOT NULL,
    control INTEGER NOT NULL,
    dead_lettered INTEGER NOT NULL,
    buffered INTEGER NOT NULL,
    UNIQUE (session, venue, kind, symbol, channel, connection)
) STRICT;
CREATE INDEX stream_account_by_time ON stream_account (time);

CREATE VIEW order_book AS
SELECT s.id * 65536 + l.side * 32768 + l.level AS id,
       m.venue AS exchange, m.symbol,
       s.time / 1000 AS timestamp,
       CASE l.side WHEN 0 THEN 'bid' ELSE 'ask' END AS side,
       l.level,
       CAST(l.price AS REAL) / s.price_unit AS price,
       CAST(l.size AS REAL) / s.size_unit AS quantity,
       s.update_id,
       strftime('%Y-%m-%dT%H:%M:%S', s.time / 1000000, 'unixepoch') || printf('.%03dZ', s.time / 1000 % 1000) AS time,
       s.received / 1000 AS received
FROM book_snapshot s
JOIN market m ON m.id = s.market_id
JOIN book_level l ON l.snapshot_id = s.id;

CREATE VIEW bid_ask_spreads AS
SELECT s.id,
       m.venue AS exchange, m.symbol,
       s.time / 1000 AS timestamp,
       CAST(s.bid AS REAL) / s.price_unit AS bid_price,
       CAST(s.ask AS REAL) / s.price_unit AS ask_price,
       CAST(s.ask - s.bid AS REAL) / s.price_unit AS spread_absolute,
       200.0 * (s.ask - s.bid) / (CAST(s.ask AS REAL) + s.bid) AS spread_percentage,
       (CAST(s.ask AS REAL) + s.bid) / (2.0 * s.price_unit) AS mid_price,
       CAST(s.bid_size AS REAL) / s.size_unit AS bid_quantity,
       CAST(s.ask_size AS REAL) / s.size_unit AS ask_quantity,
       strftime('%Y-%m-%dT%H:%M:%S', s.time / 1000000, 'unixepoch') || printf('.%03dZ', s.time / 1000 % 1000) AS time,
       s.received / 1000 AS received
FROM spread s
JOIN market m ON m.id = s.market_id;

-- Settled payments, and live quotes of what the next one is going to be: those have is_settled 0 and the rate under both names.
DROP VIEW funding_rates;
CREATE VIEW funding_rates AS
SELECT r.venue AS exchange, r.symbol,
       f.time / 1000 AS timestamp,
       f.rate AS funding_rate,
       NULL AS predicted_rate,
       f.time / 1000 AS funding_time,
       strftime('%Y-%m-%dT%H:%M:%SZ', f.time / 1000000, 'unixepoch') AS time,
       f.mark_price, v.source,
       strftime('%Y-%m-%dT%H:%M:%SZ', v.fetched_at / 1000000, 'unixepoch') AS created_at,
       1 AS is_settled
FROM funding_series r
JOIN funding f ON f.series_id = r.id
LEFT JOIN provenance v ON v.id = f.provenance_id
UNION ALL
SELECT m.venue, m.symbol,
       q.time / 1000,
       q.rate,
       q.rate,
       q.next_funding / 1000,
       strftime('%Y-%m-%dT%H:%M:%SZ', q.time / 1000000, 'unixepoch'),
       q.mark_price, 'stream',
       strftime('%Y-%m-%dT%H:%M:%SZ', q.time / 1000000, 'unixepoch'),
       0
FROM funding_quote q
JOIN market m ON m.id = q.market_id;

CREATE VIEW cross_spreads AS
SELECT c.id, b.venue AS buy_exchange, b.symbol AS buy_symbol, s.venue AS sell_exchange, s.symbol AS sell_symbol,
       c.time / 1000 AS timestamp, c.size, c.buy_price, c.sell_price, c.gross_bps, c.net_bps
FROM cross_spread c
JOIN market b ON b.id = c.market_id
JOIN market s ON s.id = c.sell_market_id;

CREATE VIEW opportunities AS
SELECT o.id, b.venue AS buy_exchange, b.symbol AS buy_symbol, s.venue AS sell_exchange, s.symbol AS sell_symbol,
       o.time / 1000 AS first_seen, o.last_seen / 1000 AS last_seen, o.ended / 1000 AS ended, o.end_reason,
       o.best_time / 1000 AS best_time, o.size, o.buy_price, o.sell_price, o.gross_bps, o.net_bps, o.net_profit
FROM opportunity o
JOIN market b ON b.id = o.market_id
JOIN market s ON s.id = o.sell_market_id;

CREATE VIEW gaps AS
SELECT g.id, m.venue AS exchange, m.symbol, g.channel, g.cause, g.last_id, g.next_id,
       g.time / 1000 AS started, g.ended / 1000 AS ended, g.repair
FROM gap g
JOIN market m ON m.id = g.market_id;

CREATE VIEW dead_letters AS
SELECT id, venue AS exchange, kind AS market, symbol, channel, connection, epoch, position,
       time / 1000 AS received, reason, bytes, CAST(bytes AS TEXT) AS text
FROM dead_letter;
