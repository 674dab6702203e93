"""
### Sightmill: build the data set

Collects visual questions from the sources of a configuration, has them captioned, reasoned over, rewritten and verified,
and splits them into `sft`, `rl` and `aha`. One task a step, each a Spark application.

Every step resumes. Under the same run name unchanged input costs no calls and no work, and nobody who waits for the data set
is started; a changed source, prompt or setting runs again from the step it concerns. A retry never pays twice.

A task that fails at once, without a retry, has a wrong configuration or too many faulty rows: its log says which.
"""

from __future__ import annotations

import json
from datetime import timedelta

from airflow.sdk import Param, chain, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from sightmill_airflow import RL, SFT, SightmillOperator, run_folder, run_params, said_before

STEPS = ("collect", "caption", "distill", "rewrite", "verify", "curate")

RUN = "{{ params.run or run_id }}"


@dag(
    dag_id="sightmill_build",
    schedule="@daily",
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
    tags=["sightmill"],
    doc_md=__doc__,
    params={
        **run_params(
            "dataset", "The run's folder. The same name resumes; empty means a new one, named from this Airflow run."
        ),
        "config": Param(
            "/opt/sightmill/conf/pipeline/dataset.yaml",
            type="string",
            minLength=1,
            title="Configuration",
            description="YAML file with sources and teachers, as the Spark driver sees it.",
        ),
    },
)
def sightmill_build():
    steps = [
        SightmillOperator(
            task_id=step,
            command=step,
            root="{{ params.root }}",
            run=RUN,
            arguments=["--config", "{{ params.config }}"],
        )
        for step in STEPS
    ]

    @task(inlets=[SFT], outlets=[SFT, RL])
    def publish(root: str, run: str, *, inlet_events, outlet_events):
        """Tells consumers where the data set lies and how large it is, unless they know this very one."""
        folder = run_folder(root, run) / "6-curate"
        report = json.loads((folder / "_report.json").read_text())
        extras = {
            asset: {
                "root": root,
                "run": run,
                "rows": report["subsets"].get(subset, 0),
                "fingerprint": report["fingerprint"],
            }
            for asset, subset in ((SFT, "sft"), (RL, "rl"))
        }
        if said_before(inlet_events, SFT, extras[SFT]):
            raise AirflowSkipException(f"{root}/{run} is what it was")
        for asset, extra in extras.items():
            outlet_events[asset].extra = extra

    chain(*steps, publish("{{ params.root }}", RUN))


sightmill_build()
