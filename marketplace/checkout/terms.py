"""Which version of the terms a buyer accepts. A new text means a new version here."""

VERSION = "2026-11"
