"""How long the fuzzers run: some seconds in `make test`; as long as you like in `make fuzz`, which repeats them under
another profile. If one of them finds something, hypothesis prints the smallest input that shows it."""

import pytest
from hypothesis import HealthCheck, settings

patient = settings(deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("short", patient, max_examples=100)
settings.register_profile("fuzz", patient, max_examples=500)


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("short")
