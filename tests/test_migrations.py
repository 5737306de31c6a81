"""The migrations make the tables that the models describe, on both databases, and put nothing into them."""

from pathlib import Path

import pytest

from tests.conftest import database_url
from tests.database import another, schema, schema_by_migrations


@pytest.mark.slow
@pytest.mark.dialect
@pytest.mark.django_db
def test_migrations_leave_what_the_tests_ran_on(tmp_path: Path) -> None:
    with another(database_url(), tmp_path, "migrated") as url:
        assert schema_by_migrations(url) == schema()
