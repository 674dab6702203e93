"""LLaMA-Factory's own loader over an export: how many rows it takes, and the first of them, as JSON.

    python llama_factory_rows.py EXPORT sightmill_sft

LLaMA-Factory imports torch and peft at its top, which its reading of data sets never calls: modules without content stand in for
them, in a process of their own, so that no other check sees them.
"""

import importlib.machinery
import importlib.util
import json
import pathlib
import sys
import types
from types import SimpleNamespace
from unittest import mock

# Before the stand-ins: it looks for torch, and must find none.
import transformers  # noqa: F401

STANDING_IN = ("torch", "torchaudio", "peft", "omegaconf")


class StandIns:
    """Finds an empty module for whatever LLaMA-Factory imports and does not use here."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.split(".")[0] in STANDING_IN else None

    def create_module(self, spec):
        module = mock.MagicMock(name=spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


def package(name):
    """A package without running its __init__, which imports all of LLaMA-Factory."""
    spec = importlib.util.find_spec("llamafactory")
    module = types.ModuleType(name)
    module.__path__ = [str(pathlib.Path(spec.submodule_search_locations[0]).joinpath(*name.split(".")[1:]))]
    sys.modules[name] = module


sys.meta_path.insert(0, StandIns())
package("llamafactory.data")
from llamafactory.data.loader import _load_single_dataset  # noqa: E402
from llamafactory.data.parser import get_dataset_list  # noqa: E402

# What reads the data set now must not take them for the real ones.
sys.meta_path.pop(0)
for imported in [name for name, module in sys.modules.items() if isinstance(module, mock.MagicMock)]:
    del sys.modules[imported]

folder, name = sys.argv[1:]
data_args = SimpleNamespace(dataset_dir=folder, media_dir=folder, streaming=False, preprocessing_num_workers=None,
                            overwrite_cache=True, max_samples=None)
model_args = SimpleNamespace(cache_dir=None, hf_hub_token=None)
[attributes] = get_dataset_list([name], folder)
rows = _load_single_dataset(attributes, model_args, data_args, SimpleNamespace(local_process_index=0))
first = rows[0]
print(json.dumps({
    "rows": len(rows),
    "without_turns": sum(not row["_prompt"] for row in rows.select_columns(["_prompt"])),
    "roles": [turn["role"] for turn in first["_prompt"] + first["_response"]],
    "placeholders": first["_prompt"][0]["content"].count("<image>"),
    "pictures": len(first["_images"]),
    "system": first["_system"],
}))
