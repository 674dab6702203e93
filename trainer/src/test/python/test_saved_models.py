"""Python's own libraries on the models that SavedModelsTest left in trainer/target/saved-models.

The first part needs the safetensors package alone: what we save holds the names, shapes, types and bits that transformers
itself wrote into the golden folder, and adapters the names and shapes of PEFT. The second loads everything with
transformers and PEFT and compares logits; it is left out where these are not installed (over 5 GB with the libraries
that PyPI's torch needs) and was seen to pass with torch 2.15.0, transformers 5.23.0 and peft 0.21.2.

    pip install pytest numpy safetensors [torch transformers peft]
    python -m pytest trainer/src/test/python
"""

import importlib.util
import json
import pathlib

import numpy
import pytest
from safetensors import safe_open

MODULE = pathlib.Path(__file__).parents[3]
SAVED = MODULE / "target/saved-models"
GOLDEN = MODULE / "src/test/resources/golden/qwen25vl-tiny/model"
RANK = 4

with_torch = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "transformers", "peft")),
    reason="torch, transformers and peft are not installed")


def tensors(path):
    with safe_open(path, framework="np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}


def read(folder):
    index = folder / "model.safetensors.index.json"
    if not index.exists():
        return tensors(folder / "model.safetensors")
    places = json.loads(index.read_text())["weight_map"]
    found = {}
    for file in set(places.values()):
        part = tensors(folder / file)
        assert sorted(part) == sorted(name for name, place in places.items() if place == file)
        found.update(part)
    return found


@pytest.mark.parametrize("name", ["whole", "shards"])
def test_holds_what_transformers_wrote_bit_for_bit(name):
    expected, found = read(GOLDEN), read(SAVED / name)
    assert found.keys() == expected.keys()
    for tensor, values in expected.items():
        assert found[tensor].dtype == values.dtype, tensor
        assert found[tensor].shape == values.shape, tensor
        assert found[tensor].tobytes() == values.tobytes(), tensor
    assert json.loads((SAVED / name / "config.json").read_text()) == json.loads((GOLDEN / "config.json").read_text())


def test_the_index_counts_its_shards():
    index = json.loads((SAVED / "shards/model.safetensors.index.json").read_text())
    files = sorted(set(index["weight_map"].values()))
    assert len(files) > 2
    assert files == [f"model-{i:05d}-of-{len(files):05d}.safetensors" for i in range(1, len(files) + 1)]
    assert index["metadata"]["total_size"] == sum(t.nbytes for t in read(SAVED / "shards").values())
    assert not (SAVED / "shards/model.safetensors").exists()


@pytest.mark.parametrize("base, name", [(GOLDEN, "adapters"), (SAVED / "tied-base", "tied-adapters")])
def test_adapters_pair_with_the_matrices_of_their_base(base, name):
    weights, found = read(base), tensors(SAVED / name / "adapter_model.safetensors")
    config = json.loads((SAVED / name / "adapter_config.json").read_text())
    assert (config["peft_type"], config["r"]) == ("LORA", RANK)
    layers = [n for n in weights if n.startswith("model.layers.") and weights[n].ndim == 2]
    expected = {}
    for matrix in layers:
        module = "base_model.model.model.language_model." + matrix.removeprefix("model.").removesuffix(".weight")
        rows, columns = weights[matrix].shape
        expected[module + ".lora_A.weight"] = (RANK, columns)
        expected[module + ".lora_B.weight"] = (rows, RANK)
    assert {n: t.shape for n, t in found.items()} == expected


def assert_logits(model, folder):
    import torch
    ids = torch.tensor([json.loads((folder / "ids.json").read_text())])
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False).logits[0].numpy()
    expected = numpy.fromfile(folder / "logits.f32", "<f4").reshape(logits.shape)
    numpy.testing.assert_allclose(logits, expected, atol=2e-4, rtol=0)
    return logits


def load(folder):
    import torch
    from transformers import Qwen2_5_VLForConditionalGeneration
    model, report = Qwen2_5_VLForConditionalGeneration.from_pretrained(
        folder, dtype=torch.float32, output_loading_info=True)
    assert not any(report.values()), report
    return model.eval()


@with_torch
@pytest.mark.parametrize("name", ["whole", "shards", "adapters-merged", "tied-adapters-merged"])
def test_transformers_computes_the_same_logits(name):
    assert_logits(load(SAVED / name), SAVED / name)


@with_torch
@pytest.mark.parametrize("base, name", [(GOLDEN, "adapters"), (SAVED / "tied-base", "tied-adapters")])
def test_peft_computes_the_same_logits(base, name):
    from peft import PeftModel
    model = PeftModel.from_pretrained(load(base), SAVED / name).eval()
    logits = assert_logits(model, SAVED / name)
    with model.disable_adapter():
        with pytest.raises(AssertionError):
            assert_logits(model, SAVED / name)
    assert numpy.abs(logits).max() > 0
