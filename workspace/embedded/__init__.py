"""The whole product under one command: Postgres, Valkey, simulator, workers and web.

Everything here but ``management`` works before Django is loaded: ``up`` decides the environment that the settings read.
"""
