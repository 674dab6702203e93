"""
### Sightmill: train on the data set

Starts when a new data set is published, or by hand: supervised fine-tuning on `sft`, then GRPO on `rl` from that model. Metrics,
resume points and models lie in the data set's own run, below `sft` and `grpo`.

A retry goes on behind the last resume point. Started anew, training starts anew.
"""

from __future__ import annotations

import json
from datetime import timedelta

from airflow.sdk import Param, chain, dag, task

from sightmill_airflow import MODEL, RL, SFT, SightmillOperator, run_folder, run_params
from sightmill_airflow import where as place_of

ROOT = "{{ ti.xcom_pull(task_ids='where')['root'] }}"
RUN = "{{ ti.xcom_pull(task_ids='where')['run'] }}"


def config(default: str, title: str, what: str) -> Param:
    return Param(default, type="string", minLength=1, title=title, description=f"YAML file of {what}, as the Spark driver sees it.")


@dag(
    dag_id="sightmill_train",
    schedule=(SFT & RL),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
    tags=["sightmill"],
    doc_md=__doc__,
    params={
        **run_params("dataset", "The run that holds the data set. A published data set names its own."),
        "sft": config("/opt/sightmill/conf/trainer/sft-3b.yaml", "SFT", "supervised fine-tuning"),
        "grpo": config("/opt/sightmill/conf/trainer/grpo-3b.yaml", "GRPO", "GRPO"),
    },
)
def sightmill_train():
    @task
    def where(*, params, triggering_asset_events=None):
        """Which data set: the one that was published, or the form's."""
        return place_of(params, triggering_asset_events)

    sft = SightmillOperator(
        task_id="sft",
        command="sft",
        root=ROOT,
        run=RUN,
        arguments=["--config", "{{ params.sft }}"],
        record="sft",
        resumes=True,
    )
    grpo = SightmillOperator(
        task_id="grpo",
        command="grpo",
        root=ROOT,
        run=RUN,
        arguments=["--config", "{{ params.grpo }}", "--set", f"model.path={ROOT}/{RUN}/sft/model"],
        record="grpo",
        resumes=True,
    )

    @task(outlets=[MODEL])
    def publish(root: str, run: str, *, outlet_events):
        """Tells consumers where the model lies, and how its training ended."""
        folder = run_folder(root, run)
        lines = (folder / "grpo" / "metrics.jsonl").read_text().splitlines()
        last = json.loads(lines[-1])
        outlet_events[MODEL].extra = {
            "root": root,
            "run": run,
            "model": f"{root}/{run}/grpo/model",
            "rows": json.loads((folder / "grpo" / "data.json").read_text())["training"],
            "steps": last["step"],
            "reward": last.get("reward"),
            "fingerprint": json.loads((folder / "6-curate" / "_report.json").read_text())["fingerprint"],
        }

    chain(where(), sft, grpo, publish(ROOT, RUN))


sightmill_train()
