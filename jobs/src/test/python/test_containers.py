"""The container files, without a container engine: linted, and their scripts run."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

DOCKER = pathlib.Path(__file__).parents[4] / "docker"
TOOLS = pathlib.Path(sys.executable).parent


@pytest.mark.parametrize("image", ["cpu", "gpu"])
def test_hadolint_has_no_warning(image):
    command = [TOOLS / "hadolint", "--failure-threshold", "warning", DOCKER / f"{image}.Dockerfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_valid_and_has_nothing_of_high_severity():
    command = [TOOLS / "compose-lint", DOCKER / "compose.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("indices, addresses", [("0", ["0"]), ("0\n1\n7", ["0", "1", "7"])])
def test_the_discovery_script_prints_what_spark_reads(tmp_path, indices, addresses):
    fake = tmp_path / "nvidia-smi"
    fake.write_text(f"#!/bin/sh\ncat <<END\n{indices}\nEND\n")
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run([DOCKER / "discover-gpus.sh"], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"name": "gpu", "addresses": addresses}
