"""Executes the notebooks over a finished run, and compares their numbers with those of ``sightmill inspect``.

Needs SIGHTMILL_RUN, the folder of a finished run, and ``sightmill`` on the PATH.
"""

import json
import os
import pathlib
import subprocess

import nbclient
import nbformat
import pytest

NOTEBOOKS = pathlib.Path(__file__).parents[3] / "notebooks"
RUN = pathlib.Path(os.environ["SIGHTMILL_RUN"]).resolve()


def executed(name: str, question: str, **parameters):
    """What the Python expression ``question`` is worth after the last cell of the notebook."""
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    at = next(i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    given = "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(given))
    notebook.cells.append(nbformat.v4.new_code_cell(f"import json; print(json.dumps({question}))"))
    nbclient.NotebookClient(notebook, timeout=300).execute()
    return json.loads(notebook.cells[-1].outputs[-1].text)


@pytest.fixture(scope="module")
def inspected() -> dict:
    told = subprocess.run(
        ["sightmill", "inspect", "--json", "--root", str(RUN.parent), "--run-id", RUN.name],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout)


def test_the_overview_counts_what_inspect_counts(inspected):
    funnel = executed("01-overview.ipynb", "funnel.to_dict()", RUN=str(RUN))
    for step in inspected["steps"]:
        name = step["step"].lower()
        assert funnel[name] == {source: c["out"] for source, c in step["by_source"].items()} | {
            "total": step["counts"]["out"]
        }


@pytest.mark.parametrize("subset", ["sft", "rl", "aha"])
def test_the_sample_browser_shows_a_picture_for_every_row(subset):
    shown = executed("02-samples.ipynb", "[card(row) for row in rows]", RUN=str(RUN), SUBSET=subset, N=3, SEED=2)
    assert len(shown) == 3
    assert all("data:image;base64," in card for card in shown)


def test_hugging_face_sees_in_the_sample_browser_as_many_rows_as_inspect_and_their_pictures(inspected):
    curate = next(step for step in inspected["steps"] if step["step"].lower() == "curate")
    question = "{'rows': len(hub), 'size': hub[0]['image'].size, 'told': [hub[0]['width'], hub[0]['height']]}"
    shown = executed("02-samples.ipynb", question, RUN=str(RUN), SUBSET="sft", N=2, SEED=1)
    assert shown["rows"] == curate["subsets"]["sft"]
    assert shown["size"] == shown["told"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> pathlib.Path:
    """A run with three steps of GRPO on generated questions."""
    root = tmp_path_factory.mktemp("trained")
    few = ["run.max_steps=3", "data.procedural.rows=64", "data.held_out=0", "rollout.num_generations=4"]
    few += ["rollout.groups_per_batch=4", "batch.generation_batch_size=32", "batch.micro_batch_size=4"]
    command = ["sightmill", "grpo", "--config", "conf/trainer/grpo-tiny.yaml", "--root", root, "--run-id", "run"]
    for value in few:
        command += ["--set", value]
    done = subprocess.run(command, cwd=NOTEBOOKS.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return root / "run"


def test_the_training_notebook_tells_what_the_log_of_metrics_tells(trained):
    question = "{'rewards': by_step['reward'].tolist(), 'rollouts': int(by_step['rollouts'].sum()), 'cards': cards, 'off': difference}"
    shown = executed("03-training.ipynb", question, RUN=str(trained), N=4)
    logged = [json.loads(line) for line in (trained / "grpo" / "metrics.jsonl").read_text().splitlines()]
    assert shown["rewards"] == pytest.approx([step["reward"] for step in logged], abs=1e-9)
    assert shown["rollouts"] == 3 * 32
    assert shown["off"] < 1e-9
    assert len(shown["cards"]) == 4
    assert "tokens, ended by" in shown["cards"][0]


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda file: file.stem)
def test_a_notebook_is_committed_without_outputs(notebook):
    cells = nbformat.read(notebook, as_version=4).cells
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
