"""How long the fuzzers look: some seconds in `make test`; as long as is asked in `make fuzz`, which runs them again and again under
another profile. Where one of them finds something, hypothesis prints the smallest input that shows it."""

import pytest
from hypothesis import HealthCheck, settings

patient = settings(deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("short", patient, max_examples=100)
settings.register_profile("fuzz", patient, max_examples=500)


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("short")
