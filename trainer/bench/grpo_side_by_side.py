"""Seconds of a GRPO step, this trainer's and TRL's GRPOTrainer with transformers' generation, in turns on one machine.

    pip install torch torchvision transformers trl datasets
    jobs/bin/sightmill build --config conf/pipeline/quickstart-arms.yaml --set root=/tmp/side
    python trainer/bench/grpo_side_by_side.py --rows /tmp/side/quickstart-arms/6-curate/rl

Both sides start from the same weights, and every step samples groups of eight for the same eight questions with their
pictures, scores them and takes one full update (the vision tower frozen) by the same loss. Weights are those of --model, or
random ones of --width with four layers, whose completions all have the full length. The table holds the median step of each
side, its parts and their ratio; the first step of each turn, which warms up, is left out.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--rows", required=True, help="a folder of Parquet such as 6-curate/rl")
parser.add_argument("--source", default="boards", help="the rows of this source only")
parser.add_argument("--model", default="conf/models/tiny", help="a model's folder; with --width only its tokenizer is used")
parser.add_argument("--width", type=int, default=0, help="random weights of this width instead")
parser.add_argument("--tokens", type=int, default=64, help="longest completion")
parser.add_argument("--steps", type=int, default=6)
parser.add_argument("--turns", type=int, default=2)
parser.add_argument("--threads", type=int, default=os.cpu_count())
options = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import datasets  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402
import trl  # noqa: E402
from transformers import PreTrainedTokenizerFast, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration  # noqa: E402
from transformers import Qwen2_5_VLProcessor, Qwen2VLImageProcessor, Qwen2VLVideoProcessor  # noqa: E402

torch.set_num_threads(options.threads)
transformers.logging.set_verbosity_error()
SYSTEM, GROUP, QUESTIONS, RATE, BETA = "Think, then answer.", 8, 8, 1e-6, 0.001
MIN_PIXELS, MAX_PIXELS = 3136, 7200
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{% if message.content is string %}{{ message.content }}"
    "{% else %}{% for part in message.content %}{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ part.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
PARTS = ("rollout", "update")


def random_model(width, folder):
    """The tiny model's vocabulary, more width and depth."""
    config = json.loads((Path(options.model) / "config.json").read_text())
    vision = dict(config.pop("vision_config"), depth=8, hidden_size=320, intermediate_size=880, num_heads=4,
                  out_hidden_size=width, fullatt_block_indexes=[3, 7])
    ids = {name: config[name] for name in config if name.endswith("_token_id")}
    text = dict(
        vocab_size=config["vocab_size"], hidden_size=width, intermediate_size=width * 11 // 4, num_hidden_layers=4,
        num_attention_heads=width // 64, num_key_value_heads=width // 128, rms_norm_eps=1e-6,
        rope_parameters=dict(rope_type="default", rope_theta=1e6, mrope_section=[8, 12, 12]))
    torch.manual_seed(0)
    model = Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(text_config=text, vision_config=vision, tie_word_embeddings=True, **ids))
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "preprocessor_config.json"):
        (Path(folder) / name).write_bytes((Path(options.model) / name).read_bytes())


def processor(folder):
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(Path(folder) / "tokenizer.json"), eos_token="<|im_end|>", pad_token="<|endoftext|>",
        padding_side="left", extra_special_tokens=dict(image_token="<|image_pad|>", video_token="<|video_pad|>"))
    settings = json.loads((Path(folder) / "preprocessor_config.json").read_text())
    settings.pop("image_processor_type")
    settings.update(min_pixels=MIN_PIXELS, max_pixels=MAX_PIXELS)
    return Qwen2_5_VLProcessor(
        image_processor=Qwen2VLImageProcessor(**settings), tokenizer=tokenizer, video_processor=Qwen2VLVideoProcessor(),
        chat_template=TEMPLATE)


def reward(completions, answer, **_):
    """Form and answer, as the mixed reward of ours."""
    texts = [completion[0]["content"] for completion in completions]
    found = [re.fullmatch(r"\s*<think>.*</think>\s*<answer>(.*)</answer>\s*", text, re.S) for text in texts]
    return [0.0 if match is None else 0.5 + (match.group(1).strip() == gold) for match, gold in zip(found, answer)]


class Timed(trl.GRPOTrainer):
    """Notes the seconds of generation with scoring, and of whole steps."""

    steps = []

    def training_step(self, *args, **kwargs):
        start, self.rollout = time.perf_counter(), 0.0
        loss = super().training_step(*args, **kwargs)
        self.started = start
        return loss

    def _generate_and_score_completions(self, inputs):
        start = time.perf_counter()
        outputs = super()._generate_and_score_completions(inputs)
        self.rollout = time.perf_counter() - start
        return outputs


class Clock(transformers.TrainerCallback):
    """A step ends when its optimizer has: later than training_step, which only differentiates."""

    def __init__(self, notes):
        self.notes, self.trainer = notes, None

    def on_step_end(self, args, state, control, **_):
        whole = time.perf_counter() - self.trainer.started
        self.notes.append(dict(step=whole, rollout=self.trainer.rollout, update=whole - self.trainer.rollout))

    def on_log(self, args, state, control, logs=None, **_):
        if logs and "completions/mean_length" in logs:
            self.notes[-1]["length"] = logs["completions/mean_length"]
            self.notes[-1]["tokens"] = logs["num_tokens"]


def theirs(folder, rows):
    model = Qwen2_5_VLForConditionalGeneration.from_pretrained(folder, dtype=torch.float32)
    model.model.visual.requires_grad_(False)
    data = datasets.Dataset.from_dict(dict(
        prompt=[[{"role": "system", "content": SYSTEM}, {"role": "user", "content": row["question"]}] for row in rows],
        image=[row["image"] for row in rows], answer=[row["answer"] for row in rows]))
    with tempfile.TemporaryDirectory() as output:
        config = trl.GRPOConfig(
            output_dir=output, use_cpu=True, bf16=False, gradient_checkpointing=False, learning_rate=RATE, beta=BETA,
            lr_scheduler_type="constant", loss_type="dapo", epsilon_high=0.28, max_grad_norm=1.0,
            num_generations=GROUP, per_device_train_batch_size=GROUP * QUESTIONS, gradient_accumulation_steps=1,
            max_completion_length=options.tokens, temperature=1.0, top_k=0, max_steps=options.steps, logging_steps=1,
            save_strategy="no", report_to=[], disable_tqdm=True, dataloader_pin_memory=False)
        notes = []
        clock = Clock(notes)
        trainer = Timed(model=model, reward_funcs=reward, args=config, train_dataset=data,
                        processing_class=processor(folder), callbacks=[clock])
        trainer.remove_callback(transformers.PrinterCallback)
        clock.trainer = trainer
        trainer.train()
    return notes


CONFIG = """\
root: {root}
run_id: side
model: {{path: {model}, train: [embedding, decoder, head]}}
data: {{path: {rows}, images: {images}, held_out: 0}}
prompt: {{system_prompt: "{system}", instructions: {{}}, max_prompt_length: 512, min_pixels: {least}, max_pixels: {most}}}
rollout: {{num_generations: {group}, temperature: 1.0, max_completion_length: {tokens}, groups_per_batch: {questions}}}
loss: {{loss_type: dapo, epsilon: 0.2, epsilon_high: 0.28}}
kl: {{beta: {beta}, kl_control: fixed}}
batch: {{generation_batch_size: {batch}, micro_batch_size: {batch}}}
optimizer: {{learning_rate: {rate}, lr_scheduler_type: constant, warmup_ratio: 0, max_grad_norm: 1.0}}
run: {{max_steps: {steps}, seed: 1, save_steps: 1000}}
"""


def ours(folder, rows):
    with tempfile.TemporaryDirectory() as root:
        config = Path(root) / "side.yaml"
        config.write_text(CONFIG.format(
            root=root, model=folder, rows=rows, images=Path(options.rows).resolve().parent.parent, system=SYSTEM, least=MIN_PIXELS, most=MAX_PIXELS, group=GROUP,
            tokens=options.tokens, questions=QUESTIONS, batch=GROUP * QUESTIONS, beta=BETA, rate=RATE, steps=options.steps))
        subprocess.run(["jobs/bin/sightmill", "grpo", "--config", str(config)], check=True, stdout=subprocess.DEVNULL)
        lines = next(Path(root).glob("**/metrics.jsonl")).read_text().splitlines()
    steps = [json.loads(line) for line in lines]
    return [dict(step=step["step_time"], rollout=step["timing_s/rollout"],
                 update=step["timing_s/score"] + step["timing_s/update"],
                 length=step["completions/mean_length"], tokens=step["num_tokens"]) for step in steps]


def median(notes, name):
    return statistics.median(note[name] for note in notes)


files = [str(path) for path in sorted(Path(options.rows).glob("*.parquet"))]
chosen = datasets.load_dataset("parquet", data_files=files, split="train")
chosen = chosen.filter(lambda row: row["source"] == options.source and row["answer_type"] == "digit").select(range(QUESTIONS))
print(f"torch {torch.__version__}, transformers {transformers.__version__}, trl {trl.__version__}, {options.threads} threads")
with tempfile.TemporaryDirectory() as scratch:
    folder = str(Path(options.model).resolve())
    if options.width:
        folder = f"{scratch}/model"
        random_model(options.width, folder)
    table = f"{scratch}/rows"
    os.mkdir(table)
    chosen.to_parquet(f"{table}/rows.parquet")
    mine, other = [], []
    for _ in range(options.turns):
        mine += ours(folder, table)[1:]
        other += theirs(folder, list(chosen))[1:]
    for side, notes in (("ours", mine), ("TRL", other)):
        parts = ", ".join(f"{part} {median(notes, part):.2f}" for part in PARTS)
        print(f"{side}: step {median(notes, 'step'):.2f} s ({parts}), {median(notes, 'length'):.1f} tokens a completion")
    print(", ".join(f"{part} {median(other, part) / median(mine, part):.2f}" for part in ("step",) + PARTS) + " times faster")
