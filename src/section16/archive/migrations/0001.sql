-- Version 1 of the ledger.

create table counters (name text primary key, value integer not null) strict;
insert into counters values ('generation', 0), ('shard', 0);

-- Shards that count. A folder below shards/ that is not listed here was never finished.
create table shards (
    id integer primary key,
    name text not null unique,
    source text not null check (source in ('original', 'dataset')),
    filings integer not null,
    first_filed text,
    last_filed text,
    bytes integer not null,
    counts text not null,   -- JSON: rows of each table
    digests text not null,  -- JSON: SHA-256 of each file
    derivation integer not null
) strict;

-- Filings by their key: an accession number, or sha256: and a hash. Without a shard it is in the tail.
create table filings (
    key text primary key,
    shard integer references shards (id),
    place integer not null,
    document blob not null,    -- digest of what the report says; empty for rows of a data set
    exhibits blob,             -- digest of its other documents; null where the container has no room for them
    richness integer not null  -- how much its container's header tells: 0 none, 1 .nc, 2 full text
) strict, without rowid;
create index filings_by_document on filings (document);

-- Rows of shards that no longer count, because another container or choice took their place.
create table retired (
    shard integer not null references shards (id),
    place integer not null,
    key text not null,
    generation integer not null,  -- the one in which it happened
    primary key (shard, place)
) strict, without rowid;

-- Every container's bytes, by their hash. Without a shard they are in the tail.
create table containers (
    sha256 blob primary key,
    key text not null,
    shard integer references shards (id),
    place integer not null,
    kind text not null,
    name text not null,
    origin text not null,
    size integer not null
) strict, without rowid;
create index containers_by_key on containers (key);

-- The newest filings: bytes (zlib) and rows of the tables (MessagePack), until they are folded into a shard.
create table tail (
    place integer primary key,
    sha256 blob not null unique,
    key text not null,
    filed_on text,
    packed blob not null,
    rows blob              -- null for a container whose filing's rows stand elsewhere
) strict;

create table aliases (alias text primary key, key text not null) strict, without rowid;

create table quarantine (
    sha256 blob primary key,
    name text not null,
    origin text not null,
    code text not null,
    message text not null,
    size integer not null,
    packed blob not null,
    tries integer not null default 1
) strict, without rowid;

create table problems (
    id integer primary key,
    key text not null,
    kind text not null,
    message text not null,
    sha256 blob not null unique,
    settled integer not null default 0
) strict;

create table datasets (
    sha256 blob primary key,
    name text not null,
    origin text not null,
    read_on text not null,
    counts text not null
) strict, without rowid;

create table notes (key text primary key, value text not null) strict, without rowid;
