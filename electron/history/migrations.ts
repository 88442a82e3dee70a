/**
 * One-way steps of the database, numbered by their place: `user_version` says how many have been taken.
 * A step that has shipped is never edited; a change is a new step.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE runs (
     id INTEGER PRIMARY KEY,
     endpoint_id TEXT NOT NULL,
     profile_id TEXT NOT NULL,
     request_id TEXT,
     state_kind TEXT NOT NULL,
     state TEXT NOT NULL,
     input TEXT NOT NULL,
     output TEXT NOT NULL,
     media TEXT NOT NULL,
     times TEXT NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_endpoint ON runs (endpoint_id, id);
   CREATE INDEX runs_unfinished ON runs (state_kind)
     WHERE state_kind NOT IN ('succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed');
   CREATE TABLE run_logs (
     run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
     n INTEGER NOT NULL,
     level TEXT NOT NULL,
     message TEXT NOT NULL,
     timestamp TEXT NOT NULL,
     PRIMARY KEY (run_id, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE media (
     sha256 TEXT PRIMARY KEY,
     content_type TEXT NOT NULL,
     bytes INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE kept (
     key TEXT PRIMARY KEY,
     value TEXT NOT NULL,
     at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT 'queue';`,
  `ALTER TABLE runs ADD COLUMN method TEXT NOT NULL DEFAULT 'queue';
   ALTER TABLE runs ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
   ALTER TABLE runs ADD COLUMN batch TEXT NOT NULL DEFAULT 'null';
   ALTER TABLE runs ADD COLUMN money TEXT NOT NULL DEFAULT '{"estimate":null,"price":null,"billableUnits":null}';`,
  `CREATE INDEX runs_by_batch ON runs (json_extract(batch, '$.id'), id) WHERE batch <> 'null' AND json_valid(batch);`,
  `ALTER TABLE runs ADD COLUMN cost REAL;
   ALTER TABLE runs ADD COLUMN currency TEXT;
   UPDATE runs SET cost = 0 WHERE origin = 'live';
   CREATE INDEX runs_by_cost ON runs (id, endpoint_id, profile_id, currency, cost);`,
  `CREATE INDEX runs_by_request ON runs (request_id) WHERE request_id IS NOT NULL;`,
  // \`kinds\` is a sum of bits (facts.ts), \`indexed\` the version of what was last worked out from the row (0: nothing yet).
  // The index holds all that lists and counts read: the rows themselves are as large as what the models gave.
  `ALTER TABLE runs ADD COLUMN kinds INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE runs ADD COLUMN star INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
   ALTER TABLE runs ADD COLUMN deleted_at INTEGER;
   ALTER TABLE runs ADD COLUMN batch_id INTEGER;
   ALTER TABLE runs ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
   DROP INDEX runs_by_batch;
   UPDATE runs SET batch_id = json_extract(batch, '$.id') WHERE batch <> 'null' AND json_valid(batch);
   CREATE INDEX runs_by_batch ON runs (batch_id, id) WHERE batch_id IS NOT NULL;
   CREATE INDEX runs_facts ON runs
     (id, endpoint_id, profile_id, origin, state_kind, kinds, star, deleted_at, batch_id, cost, currency);
   CREATE INDEX runs_unindexed ON runs (indexed, id);
   CREATE INDEX runs_deleted ON runs (deleted_at, id) WHERE deleted_at IS NOT NULL;
   CREATE INDEX runs_noted ON runs (id) WHERE note <> '';
   CREATE TABLE run_tags (
     tag TEXT NOT NULL,
     run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
     PRIMARY KEY (tag, run_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX tags_of_run ON run_tags (run_id, tag);
   CREATE TABLE run_files (
     sha256 TEXT NOT NULL,
     run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
     PRIMARY KEY (sha256, run_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX files_of_run ON run_files (run_id, sha256);
   ALTER TABLE media ADD COLUMN thumb TEXT NOT NULL DEFAULT 'none';
   ALTER TABLE media ADD COLUMN removed_at INTEGER;`,
  // When a run that waited was sent, or is to be from now on: what it costs counts then, and not when it was written.
  `ALTER TABLE runs ADD COLUMN sent_at INTEGER;
   UPDATE runs SET sent_at = json_extract(times, '$.submitted')
     WHERE json_valid(times) AND json_extract(times, '$.submitted') > id / 1000 + 1000;
   CREATE INDEX runs_sent_later ON runs (sent_at, id, endpoint_id, profile_id, currency, cost) WHERE sent_at IS NOT NULL;`,
  // What runs that are gone for good count for, until no limit can be about it any more (purge.ts).
  `CREATE TABLE purged_spend (
     run_id INTEGER PRIMARY KEY,
     sent_at INTEGER,
     endpoint_id TEXT NOT NULL,
     profile_id TEXT NOT NULL,
     currency TEXT,
     cost REAL
   ) STRICT;`,
];
