"""The DAGs in a real Airflow: they import, fit together, ask for what Sightmill takes, and run.

Needs ``airflow``, ``sightmill`` and ``spark-submit`` on the PATH, and SIGHTMILL_JAR, the application jar.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag

DAGS = Path(__file__).parents[3] / "dags"
JAR = os.environ["SIGHTMILL_JAR"]
STEPS = ["collect", "caption", "distill", "rewrite", "verify", "curate"]


@pytest.fixture(scope="module")
def dags():
    sys.path.insert(0, str(DAGS))  # as Airflow does for its DAG folder
    bag = DagBag(dag_folder=str(DAGS))
    assert bag.import_errors == {}
    return bag.dags


@pytest.fixture(scope="module")
def airflow(tmp_path_factory):
    """Runs an airflow command in a home of its own, whose Spark is local."""
    home = tmp_path_factory.mktemp("airflow")
    environment = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW_VAR_SIGHTMILL_JAR": JAR,
        "AIRFLOW_CONN_SPARK_DEFAULT": json.dumps(
            {
                "conn_type": "spark",
                "host": "local[2]",
                "extra": {"deploy-mode": "client", "spark_binary": "spark-submit"},
            }
        ),
    }

    def run(*arguments):
        done = subprocess.run(
            ["airflow", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = run("db", "migrate")
    assert code == 0, said
    return run


def config(folder: Path, rows: int, **more) -> Path:
    """A configuration over generated questions; JSON is YAML too."""
    file = folder / "config.yaml"
    source = {"name": "procedural", "reader": "procedural", "options": {"rows": rows, "seed": 7}}
    file.write_text(json.dumps({"sources": [source], **more}))
    return file


def test_the_build_is_a_chain_of_the_six_steps_that_publishes_two_assets(dags):
    dag = dags["sightmill_build"]
    chain = [*STEPS, "publish"]
    assert set(dag.task_ids) == set(chain)
    for before, after in zip(chain, chain[1:], strict=False):
        assert dag.get_task(after).upstream_task_ids == {before}
    assert {asset.name for asset in dag.get_task("publish").outlets} == {"sightmill_sft", "sightmill_rl"}


def test_every_spark_task_names_the_application_and_its_main_class(dags):
    tasks = [task for dag in dags.values() for task in dag.tasks if task.task_type == "SightmillOperator"]
    assert len(tasks) >= len(STEPS)
    for task in tasks:
        assert "sightmill_jar" in task.application
        assert task._java_class == "org.sightmill.jobs.cli.Sightmill"


def test_the_command_line_takes_the_arguments_of_every_spark_task(dags):
    for dag in dags.values():
        for task in dag.tasks:
            if task.task_type != "SightmillOperator":
                continue
            command, *arguments = task.application_args
            shown = subprocess.run(["sightmill", command, "--help"], capture_output=True, text=True, check=True).stdout
            for option in (argument for argument in arguments if argument.startswith("--")):
                assert option in shown, f"sightmill {command} has no {option}"


def test_the_chain_runs_and_a_second_run_under_its_name_does_no_step_again(airflow, tmp_path):
    conf = json.dumps({"root": str(tmp_path / "mill"), "config": str(config(tmp_path, 40)), "run": "tiny"})
    code, said = airflow("dags", "test", "sightmill_build", "--conf", conf)
    assert code == 0, said[-4000:]
    reports = sorted((tmp_path / "mill" / "tiny").glob("*/_report.json"))
    assert [report.parent.name.split("-")[1] for report in reports] == STEPS
    before = [report.read_text() for report in reports]

    code, said = airflow("dags", "test", "sightmill_build", "--conf", conf)
    assert code == 0, said[-4000:]
    assert [report.read_text() for report in reports] == before


def test_too_many_faulty_rows_fail_the_task_with_the_reason_and_no_retry(airflow, tmp_path):
    (tmp_path / "items.jsonl").write_text('{"id": "1", "q": "How many?", "a": "3", "image": "gone.png"}\n')
    file = tmp_path / "config.yaml"
    source = {
        "name": "mine",
        "path": str(tmp_path / "items.jsonl"),
        "images": str(tmp_path),
        "map": {"id": "$.id", "image": "$.image", "question": "$.q", "answer": "$.a"},
    }
    file.write_text(json.dumps({"sources": [source]}))
    conf = json.dumps({"root": str(tmp_path / "mill"), "config": str(file), "run": ""})
    code, said = airflow("dags", "test", "sightmill_build", "--conf", conf)
    assert code != 0
    assert "AirflowFailException" in said
    assert "max_reject_fraction" in said
