"""The whole product under one command: Postgres, Valkey, simulator, workers and web."""
