"""Writes a golden folder: a small random Qwen2.5-VL and what transformers and TRL compute with it.

    python3 -m venv v && v/bin/pip install torch torchvision transformers trl
    v/bin/python trainer/bench/make_golden.py FOLDER [--seed 7] [--untied]
    mvn test -pl trainer -am -Dtest='*GoldenTest' -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.dir=FOLDER

The form is that of the folder in the test resources; the sizes are others (odd widths of the merger, three KV heads, two
layers of full attention in the tower, tied embeddings), so that nothing fits by chance. TRL's loss is called as it is, on
an object that has what it reads and nothing else of a trainer. LUSPO's loss differs with TRL 1.16: it leaves padded cells
out, which TRL's earlier formula, and ours, count into the KL term.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
import transformers
import trl
from PIL import Image
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_qwen2_vl import smart_resize
from trl import GRPOTrainer

IMAGE, VIDEO, START, END, VOCABULARY = 190, 191, 192, 193, 200
PATCH, MERGE = 14, 2
STEPS, GREEDY = 6, 12


def config(tied: bool) -> Qwen2_5_VLConfig:
    return Qwen2_5_VLConfig(
        text_config={
            "hidden_size": 96,
            "intermediate_size": 160,
            "num_hidden_layers": 3,
            "num_attention_heads": 6,
            "num_key_value_heads": 3,
            "vocab_size": VOCABULARY,
            "max_position_embeddings": 1024,
            "rms_norm_eps": 1e-6,
            "tie_word_embeddings": tied,
            "use_sliding_window": False,
            "bos_token_id": 1,
            "eos_token_id": 2,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]},
        },
        vision_config={
            "depth": 4,
            "hidden_size": 48,
            "intermediate_size": 68,
            "num_heads": 3,
            "out_hidden_size": 96,
            "patch_size": PATCH,
            "spatial_merge_size": MERGE,
            "temporal_patch_size": 2,
            "window_size": 112,
            "fullatt_block_indexes": [1, 3],
        },
        tie_word_embeddings=tied,
        image_token_id=IMAGE,
        video_token_id=VIDEO,
        vision_start_token_id=START,
        vision_end_token_id=END,
    )


def randomised(model, seed: int):
    """Weights that spread: those of the default start give nearly equal logits."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in model.named_parameters():
            noise = torch.randn(value.shape, generator=generator)
            if value.dim() == 1 and "norm" in name:
                value.copy_(1 + 0.1 * noise)
            elif value.dim() == 1:
                value.copy_(0.05 * noise)
            elif "embed_tokens" in name or "lm_head" in name:
                value.copy_(0.25 * noise)
            else:
                value.copy_(noise * (1.2 / value[0].numel() ** 0.5))
    return model


class Writer:
    """Raw files and the entries that name them."""

    def __init__(self, folder: Path):
        self.folder = folder

    def array(self, name: str, values: torch.Tensor) -> list:
        file = f"{name}.f32"
        values.detach().to(torch.float32).numpy().astype("<f4").tofile(self.folder / file)
        return [file, list(values.shape)]


def image_ids(grid) -> list[int]:
    t, h, w = grid
    return [START] + [IMAGE] * (t * h * w // MERGE**2) + [END]


def pixels(grids, generator) -> torch.Tensor:
    patches = sum(t * h * w for t, h, w in grids)
    return torch.randn(patches, 3 * 2 * PATCH * PATCH, generator=generator)


def batch_of(seed: int) -> dict:
    """Two rows of unequal length, left-padded, with two images and one, whose grids do not fill their windows."""
    generator = torch.Generator().manual_seed(seed)
    grids = [[1, 6, 10], [1, 14, 18], [1, 20, 4]]
    rows = [
        [11, 12, 13, *image_ids(grids[0]), 14, *image_ids(grids[1]), 15, 16, 17, 18, 19],
        [21, *image_ids(grids[2]), 22, 23, 24],
    ]
    width = max(map(len, rows))
    ids = torch.tensor([[3] * (width - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows])
    return {
        "input_ids": ids,
        "attention_mask": mask,
        "image_grid_thw": torch.tensor(grids),
        "pixel_values": pixels(grids, generator),
    }


def kinds(ids: torch.Tensor) -> torch.Tensor:
    return (ids == IMAGE).int()


def call(model, batch: dict, **more):
    return model(**batch, mm_token_type_ids=kinds(batch["input_ids"]), **more)


def positions(model, batch: dict):
    return model.model.get_rope_index(
        batch["input_ids"],
        image_grid_thw=batch["image_grid_thw"],
        attention_mask=batch["attention_mask"],
        mm_token_type_ids=kinds(batch["input_ids"]),
    )


def forward_entry(model, batch: dict, write: Writer) -> dict:
    with torch.no_grad():
        logits = call(model, batch).logits
        embeds = model.model.get_image_features(batch["pixel_values"], batch["image_grid_thw"])
    embeds = getattr(embeds, "pooler_output", embeds)
    places, deltas = positions(model, batch)
    valid = [
        [places[axis, row][batch["attention_mask"][row] == 1].tolist() for axis in range(3)]
        for row in range(len(batch["input_ids"]))
    ]
    return {
        "input_ids": batch["input_ids"].tolist(),
        "attention_mask": batch["attention_mask"].tolist(),
        "image_grid_thw": batch["image_grid_thw"].tolist(),
        "position_ids_valid": valid,
        "rope_deltas": deltas.flatten().tolist(),
        "files": {
            "pixel_values": write.array("fw_pixels", batch["pixel_values"]),
            "visual_embeds": write.array("fw_embeds", torch.cat(tuple(embeds))),
            "logits": write.array("fw_logits", logits),
        },
    }


def labels_of(batch: dict) -> torch.Tensor:
    ids = batch["input_ids"]
    # A row's first token too: what padding predicts depends on how a version treats rows that see nothing.
    seen = batch["attention_mask"].cumsum(-1)
    labels = ids.masked_fill(seen <= 1, -100)
    return labels.masked_fill((ids == IMAGE) | (ids == END), -100)


def loss_of(model, batch: dict, labels: torch.Tensor) -> torch.Tensor:
    logits = call(model, batch).logits[:, :-1].float()
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels[:, 1:].flatten(), ignore_index=-100)


def gradient_norms(model, loss: torch.Tensor) -> dict:
    model.zero_grad(set_to_none=True)
    loss.backward()
    return {
        name: value.grad.norm().item() for name, value in model.named_parameters() if value.grad is not None
    }


def trajectory(weights: dict, model, batch: dict, labels: torch.Tensor, frozen: bool) -> dict:
    model.load_state_dict(weights)
    trained = [
        value.requires_grad_(not (frozen and name.startswith("model.visual.")))
        for name, value in model.named_parameters()
    ]
    trained = [value for value in trained if value.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model, batch, labels)
        loss.backward()
        losses.append(loss.item())
        norms.append(torch.nn.utils.clip_grad_norm_(trained, 1.0).item())
        optimizer.step()
    model.requires_grad_(True).load_state_dict(weights)
    settings = (
        "AdamW lr 1e-3 betas 0.9 0.999 eps 1e-8 weight_decay 0.01 on every parameter, gradient norm clipped to 1.0"
    )
    return {"optimizer": settings, "loss": losses, "grad_norm_before_clip": norms}


def greedy(model, batch: dict) -> list[dict]:
    rows, first_patch = [], 0
    grids = batch["image_grid_thw"].tolist()
    owners = [0, 0, 1]
    for row in range(len(batch["input_ids"])):
        own = [grid for grid, owner in zip(grids, owners) if owner == row]
        count = sum(t * h * w for t, h, w in own)
        patches = batch["pixel_values"][first_patch : first_patch + count]
        first_patch += count
        ids = batch["input_ids"][row][batch["attention_mask"][row] == 1]
        tokens, chances = [], []
        for _ in range(GREEDY):
            one = {
                "input_ids": ids[None],
                "attention_mask": torch.ones_like(ids)[None],
                "image_grid_thw": torch.tensor(own),
                "pixel_values": patches,
            }
            with torch.no_grad():
                last = torch.log_softmax(call(model, one).logits[0, -1].float(), -1)
            allowed = last.clone()
            allowed[IMAGE : END + 1] = -torch.inf
            token = int(allowed.argmax())
            tokens.append(token)
            chances.append(last[token].item())
            ids = torch.cat([ids, torch.tensor([token])])
        rows.append({"row": row, "tokens": tokens, "logprobs": chances})
    return rows


class Watched:
    """What TRL's loss asks of an accelerator, in one process."""

    num_processes = 1
    is_main_process = True
    device = torch.device("cpu")
    scaler = None

    def autocast(self):
        return nullcontext()

    def gather(self, value):
        return value

    def gather_for_metrics(self, value):
        return value

    def unwrap_model(self, model, **_):
        return model

    def reduce(self, value, reduction="sum"):
        return value


def chances_of(model, input_ids, attention_mask, kept, **more):
    """What TRL takes from a model that it has patched: log-probabilities of the completions, and entropies."""
    batch = {key: more[key] for key in ("pixel_values", "image_grid_thw")}
    logits = call(model, {**batch, "input_ids": input_ids, "attention_mask": attention_mask}).logits
    chances = torch.log_softmax(logits[:, -kept - 1 : -1].float(), -1)
    taken = chances.gather(-1, input_ids[:, -kept:, None])[..., 0]
    return taken, -(chances.exp() * chances).sum(-1).detach(), None


def trl_trainer(model, case: dict, grpo: dict) -> GRPOTrainer:
    trainer = object.__new__(GRPOTrainer)
    trainer.__dict__.update(
        model=model,
        accelerator=Watched(),
        args=SimpleNamespace(
            gradient_accumulation_steps=1,
            steps_per_generation=1,
            delta=case["delta"],
            sapo_temperature_pos=1.0,
            sapo_temperature_neg=1.05,
            vespo_k_pos=2.0,
            vespo_lambda_pos=3.0,
            vespo_k_neg=3.0,
            vespo_lambda_neg=2.0,
            use_bias_correction_kl=False,
            max_completion_length=grpo["max_completion_length"],
            disable_dropout=True,
            report_to=[],
        ),
        loss_type=case["loss_type"],
        importance_sampling_level=case["importance_sampling_level"],
        epsilon_low=grpo["epsilon_low"],
        epsilon_high=case["epsilon_high"],
        beta=grpo["beta"],
        max_completion_length=grpo["max_completion_length"],
        temperature=1.0,
        top_entropy_quantile=1.0,
        off_policy_mask_threshold=None,
        use_vllm=False,
        vllm_importance_sampling_correction=False,
        use_liger_kernel=False,
        current_gradient_accumulation_steps=1,
        num_completions_to_print=0,
        entropy_coef=0.0,
        aux_loss_enabled=False,
        tools=None,
        _entropy_bonus_enabled=False,
        model_kwarg_keys={"pixel_values", "image_grid_thw", "mm_token_type_ids"},
        _metrics={"train": defaultdict(list), "eval": defaultdict(list)},
        _step=0,
        state=SimpleNamespace(global_step=0),
        maybe_activation_offload_context=nullcontext(),
        _get_per_token_logps_and_entropies=chances_of,
    )
    return trainer


def grpo_entry(model, write: Writer, seed: int) -> dict:
    generator = torch.Generator().manual_seed(seed)
    rng = random.Random(seed)
    grid = [1, 6, 8]
    prompt = [31, 32, *image_ids(grid), 33, 34, 35]
    lengths = [7, 4, 2, 6]
    width = max(lengths)
    completions = [[rng.randrange(40, 180) for _ in range(width)] for _ in lengths]
    mask = [[int(i < length) for i in range(width)] for length in lengths]
    one = pixels([grid], generator)
    write.array("grpo_pixels", one)  # the one file that golden.json does not name
    ids = torch.tensor([prompt + completion for completion in completions])
    batch = {
        "input_ids": ids,
        "attention_mask": torch.tensor([[1] * len(prompt) + row for row in mask]),
        "image_grid_thw": torch.tensor([grid] * len(lengths)),
        "pixel_values": one.repeat(len(lengths), 1),
    }
    with torch.no_grad():
        logits = call(model, batch).logits[:, len(prompt) - 1 : -1].float()
    chances = torch.log_softmax(logits, -1).gather(-1, torch.tensor(completions)[..., None])[..., 0]
    noise = lambda scale: scale * torch.randn(chances.shape, generator=generator)  # noqa: E731
    grpo = {
        "note": "4 completions of one prompt, same image repeated 4x; pixel file holds ONE image",
        "prompt_ids": [prompt] * len(lengths),
        "completion_ids": completions,
        "completion_mask": mask,
        "advantages": [0.9, -1.1, 0.6, -0.4],
        "image_grid_thw": [grid] * len(lengths),
        "policy_logps": chances.tolist(),
        "old_logps": (chances + noise(0.25)).tolist(),
        "ref_logps": (chances + noise(0.15)).tolist(),
        "beta": 0.04,
        "epsilon_low": 0.2,
        "max_completion_length": width,
    }
    kinds_of_loss = [
        ("grpo", "token", 0.28, None),
        ("bnpo", "token", 0.28, None),
        ("dr_grpo", "token", 0.28, None),
        ("dapo", "token", 0.28, None),
        ("grpo", "sequence", 0.28, None),
        ("dapo", "token", 0.28, 1.5),
        ("sapo", "token", 0.28, None),
        ("cispo", "token", 5.0, None),
        ("luspo", "sequence", 0.28, None),
        ("vespo", "token", 0.28, None),
    ]
    grpo["cases"] = [
        grpo_case(model, grpo, batch, dict(zip(("loss_type", "importance_sampling_level", "epsilon_high", "delta"), kind)))
        for kind in kinds_of_loss
    ]
    return grpo


def grpo_case(model, grpo: dict, batch: dict, case: dict) -> dict:
    trainer = trl_trainer(model, case, grpo)
    mask = torch.tensor(grpo["completion_mask"])
    count = len(grpo["prompt_ids"])
    inputs = {
        "prompt_ids": torch.tensor(grpo["prompt_ids"]),
        "prompt_mask": torch.ones(count, len(grpo["prompt_ids"][0]), dtype=torch.long),
        "completion_ids": torch.tensor(grpo["completion_ids"]),
        "completion_mask": mask,
        "advantages": torch.tensor(grpo["advantages"]),
        "old_per_token_logps": torch.tensor(grpo["old_logps"]),
        "ref_per_token_logps": torch.tensor(grpo["ref_logps"]),
        "num_items_in_batch": mask.sum(),
        "pixel_values": batch["pixel_values"],
        "image_grid_thw": batch["image_grid_thw"],
        "num_images": [1] * count,
        "mm_token_type_ids": kinds(batch["input_ids"]),
    }
    model.train()
    loss = trainer._compute_loss(model, inputs)
    norms = gradient_norms(model, loss)
    metrics = {name: values[-1] for name, values in trainer._metrics["train"].items()}
    return {**case, "loss": loss.item(), "metrics": metrics, "grad_norms": norms}


def advantages() -> dict:
    rewards = torch.tensor([[0.0, 0.0, 0.0, 1.0], [0.3, 0.3, 0.3, 0.3], [0.1, 0.8, 0.75, 0.2]], dtype=torch.float64)
    centred = rewards - rewards.mean(1, keepdim=True)
    return {
        "rewards": rewards.tolist(),
        "group": (centred / (rewards.std(1, keepdim=True) + 1e-4)).tolist(),
        "batch": (centred / (rewards.std() + 1e-4)).tolist(),
        "none": centred.tolist(),
    }


def smart_resizes(seed: int) -> list[dict]:
    rng = random.Random(seed)
    found = []
    while len(found) < 48:
        h, w = rng.randrange(10, 3000), rng.randrange(10, 3000)
        low, high = rng.choice([(3136, 12845056), (3136, 1003520), (262144, 4194304), (784, 50176)])
        if max(h, w) / min(h, w) <= 200:
            out = smart_resize(h, w, factor=PATCH * MERGE, min_pixels=low, max_pixels=high)
            found.append({"h": h, "w": w, "min_pixels": low, "max_pixels": high, "out": list(out)})
    return found


def image_entry(write: Writer, seed: int) -> dict:
    """Raw RGB and the patches of the path through PIL."""
    height, width = 73, 121
    rgb = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    (write.folder / "picture.u8").write_bytes(rgb.tobytes())
    try:
        from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil as Processor
    except ImportError:
        from transformers import Qwen2VLImageProcessor as Processor
    processor = Processor(patch_size=PATCH, merge_size=MERGE, temporal_patch_size=2)
    done = processor(images=[Image.fromarray(rgb)], return_tensors="pt")
    return {
        "file": "picture.u8",
        "grid_thw": done["image_grid_thw"].tolist(),
        "pixel_values": write.array("picture_pixels", done["pixel_values"]),
        "height": height,
        "width": width,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--untied", action="store_true", help="an output head of its own")
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    asked.folder.mkdir(parents=True, exist_ok=True)
    write = Writer(asked.folder)

    model = randomised(Qwen2_5_VLForConditionalGeneration(config(not asked.untied)).float(), asked.seed)
    model.config._attn_implementation = "sdpa"
    model.save_pretrained(asked.folder / "model")
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    batch = batch_of(asked.seed)
    labels = labels_of(batch)

    golden = {
        "env": {"torch": torch.__version__, "transformers": transformers.__version__, "trl": trl.__version__},
        "forward": forward_entry(model, batch, write),
    }
    loss = loss_of(model, batch, labels)
    golden["sft"] = {"labels": labels.tolist(), "loss": loss.item(), "grad_norms": gradient_norms(model, loss)}
    golden["greedy"] = {
        "note": "12 greedy tokens for each row of forward without its padding; vision ids banned",
        "rows": greedy(model, batch),
    }
    golden["grpo"] = grpo_entry(model, write, asked.seed)
    golden["smart_resize"] = smart_resizes(asked.seed)
    golden["image"] = image_entry(write, asked.seed)
    golden["advantages"] = advantages()
    golden["sft_trajectory"] = trajectory(weights, model, batch, labels, frozen=False)
    golden["sft_trajectory_frozen_vision"] = trajectory(weights, model, batch, labels, frozen=True)
    (asked.folder / "golden.json").write_text(json.dumps(golden))
    print(f"{asked.folder}: loss {golden['sft']['loss']:.6f}, {len(golden['sft']['grad_norms'])} tensors")


if __name__ == "__main__":
    main()
