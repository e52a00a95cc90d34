from django.apps import apps
from django.db.migrations.loader import MigrationLoader


def test_every_app_with_tables_has_migrations() -> None:
    unmigrated = MigrationLoader(None).unmigrated_apps
    assert [
        config.label
        for config in apps.get_app_configs()
        if config.label in unmigrated and [*config.get_models()]
    ] == []
