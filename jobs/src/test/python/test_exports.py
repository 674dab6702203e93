"""Loads every export as its consumer does.

Needs SIGHTMILL_RUN, the folder of a finished run, and ``sightmill`` on the PATH.
"""

import json
import os
import pathlib
import subprocess
import sys

import datasets
import pyarrow.parquet
import pytest
from PIL import Image
from trl import data_utils

RUN = pathlib.Path(os.environ["SIGHTMILL_RUN"]).resolve()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Exports once a format; gives the folder."""
    root = tmp_path_factory.mktemp("exports")

    def export(form: str) -> pathlib.Path:
        folder = root / form
        if not folder.exists():
            command = ["sightmill", "export", "--format", form, "--output", str(folder)]
            command += ["--root", str(RUN.parent), "--run-id", RUN.name]
            subprocess.run(command, check=True, capture_output=True, text=True)
        return folder

    return export


def rows(folder: pathlib.Path, subset: str) -> datasets.Dataset:
    return datasets.load_dataset(str(folder), subset, split="train")


def curated(subset: str) -> int:
    return json.loads((RUN / "6-curate" / "_report.json").read_text())["subsets"][subset]


def test_datasets_shows_pictures_of_the_hugging_face_folder(exported):
    data = rows(exported("huggingface"), "sft")
    assert len(data) == curated("sft")
    assert isinstance(data[0]["image"], Image.Image)


def test_trl_finds_prompt_completion_and_pictures(exported):
    data = rows(exported("trl"), "sft")
    assert len(data) == curated("sft")
    row = data[0]
    assert [message["role"] for message in row["prompt"]] == ["system", "user"]
    assert row["completion"][0]["content"].startswith("<think>")
    assert isinstance(row["images"][0], Image.Image)
    assert {"prompt", "images", "solution", "answer_type"} <= set(rows(exported("trl"), "rl").column_names)


@pytest.mark.parametrize("form, subset, column", [("easyr1", "rl", "problem"), ("verl", "rl", "prompt"), ("ms-swift", "sft", "messages")])
def test_the_text_has_a_place_for_every_picture(exported, form, subset, column):
    for row in rows(exported(form), subset).select(range(5)):
        text = row[column] if isinstance(row[column], str) else "".join(m["content"] for m in row[column])
        assert text.count("<image>") == len(row["images"])


@pytest.mark.parametrize("subset", ["sft", "aha"])
def test_llama_factory_loads_its_rows(exported, subset):
    """LLaMA-Factory's own loader, from ``dataset_info.json`` to its standard form."""
    script = pathlib.Path(__file__).with_name("llama_factory_rows.py")
    command = [sys.executable, str(script), str(exported("llama-factory")), f"sightmill_{subset}"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-2000:]
    loaded = json.loads(ended.stdout.splitlines()[-1])
    assert loaded["rows"] == curated(subset)
    assert loaded["without_turns"] == 0
    assert loaded["roles"] == ["user", "assistant"]
    assert loaded["placeholders"] == loaded["pictures"]
    assert loaded["system"]


def test_llama_factory_finds_its_columns(exported):
    folder = exported("llama-factory")
    entry = json.loads((folder / "dataset_info.json").read_text())["sightmill_sft"]
    data = datasets.load_dataset("parquet", data_dir=str(folder / entry["file_name"]), split="train")
    assert set(entry["columns"].values()) <= set(data.column_names)
    row = data[0]
    assert [turn["from"] for turn in row["conversations"]] == ["human", "gpt"]
    assert row["conversations"][0]["value"].count("<image>") == len(row["images"])


def test_the_vlaa_form_names_pictures_that_are_there(exported):
    folder = exported("vlaa")
    records = json.loads((folder / "sft.json").read_text())
    assert len(records) == curated("sft")
    for record in records:
        assert set(record) == {"id", "image", "question", "gt", "ds_answer", "caption", "meta"}
        Image.open(folder / "images" / record["image"]).verify()


FORMS = [
    ("huggingface", "sft"), ("trl", "sft"), ("trl", "rl"), ("easyr1", "rl"), ("verl", "sft"), ("verl", "rl"),
    ("ms-swift", "sft"), ("ms-swift", "rl"), ("llama-factory", "sft"),
]


@pytest.mark.parametrize("form, subset", FORMS)
def test_a_single_file_shows_its_pictures_without_a_card(exported, form, subset):
    files = sorted((exported(form) / subset).glob("*.parquet"))
    data = datasets.load_dataset("parquet", data_files=[str(f) for f in files], split="train")
    picture = data.features["image"] if form == "huggingface" else data.features["images"].feature
    assert isinstance(picture, datasets.Image)
    row = next(r for r in data if r.get("image") or r.get("images"))
    assert isinstance(row["image"] if form == "huggingface" else row["images"][0], Image.Image)


@pytest.mark.parametrize("form, subset", FORMS)
def test_row_groups_fit_the_viewer(exported, form, subset):
    for file in (exported(form) / subset).glob("*.parquet"):
        footer = pyarrow.parquet.read_metadata(file)
        for group in range(footer.num_row_groups):
            assert footer.row_group(group).num_rows <= 1000
            assert footer.row_group(group).total_byte_size < 286 << 20
        assert file.stat().st_size < 600 << 20


def test_curated_files_show_their_pictures_too():
    files = [str(f) for f in (RUN / "6-curate" / "sft").glob("*.parquet")]
    data = datasets.load_dataset("parquet", data_files=files, split="train")
    assert isinstance(data.features["image"], datasets.Image)


@pytest.mark.parametrize("subset", ["sft", "rl"])
def test_trl_prepares_its_conversations(exported, subset):
    """TRL's own data preparation, which needs neither a model nor torch."""
    row = next(r for r in rows(exported("trl"), subset) if r["images"])
    assert data_utils.is_conversational(row)
    prompt = data_utils.prepare_multimodal_messages(row["prompt"], images=row["images"])
    parts = [part for message in prompt for part in message["content"]]
    assert [part["type"] for part in parts].count("image") == len(row["images"])
    assert all(isinstance(part["image"], Image.Image) for part in parts if part["type"] == "image")


def test_verl_finds_what_its_rl_data_set_reads(exported):
    """RLHFDataset takes ``prompt`` as messages, splits content at ``<image>``, and takes pictures as ``{bytes}``."""
    row = next(r for r in rows(exported("verl"), "rl") if r["images"])
    assert set(row["reward_model"]) == {"style", "ground_truth"} and row["reward_model"]["style"] == "rule"
    assert {"split", "index", "answer", "question"} <= set(row["extra_info"])
    assert all(set(message) == {"role", "content"} for message in row["prompt"])
    assert row["data_source"] and row["ability"]


def test_easyr1_finds_its_three_keys(exported):
    data = rows(exported("easyr1"), "rl")
    assert {"problem", "answer", "images"} <= set(data.column_names)
    raw = pyarrow.parquet.read_table(next((exported("easyr1") / "rl").glob("*.parquet")), columns=["images"])
    pictures = [picture for cell in raw["images"].to_pylist() for picture in cell]
    assert pictures and all(picture["bytes"] for picture in pictures)


def test_every_row_leads_back_to_its_record_prompts_and_code(exported):
    sample = rows(exported("trl"), "rl")[0]["sample_id"]
    command = ["sightmill", "inspect", "--json", "--sample", sample, "--root", str(RUN.parent), "--run-id", RUN.name]
    chain = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert chain["sample_id"] == sample
    assert set(chain["steps"]) == {"collect", "caption", "distill", "rewrite", "verify", "curate"}
    assert "rl" in chain["steps"]["curate"]
    assert chain["record"]["origin"]
    hashes = set(chain["prompts"].values())
    called = [call for call in chain["calls"] if call.get("prompt_sha256")]
    assert called and all(call["prompt_sha256"] in hashes for call in called)
    assert chain["versions"]["git_commit"]


def test_a_sample_that_is_not_there_is_named():
    command = ["sightmill", "inspect", "--sample", "nobody", "--root", str(RUN.parent), "--run-id", RUN.name]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "knows a sample 'nobody'" in ended.stderr
