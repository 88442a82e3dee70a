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
];
