"""Loads every export as its consumer does.

Needs SIGHTMILL_RUN, the folder of a finished run, and ``sightmill`` on the PATH.
"""

import json
import os
import pathlib
import subprocess

import datasets
import pytest
from PIL import Image

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
