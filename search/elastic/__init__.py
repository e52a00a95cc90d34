"""Elasticsearch: mapping, requests, the engine, and keeping the index level. Nothing else imports `elasticsearch`."""
