"""Runs the decoder archives under Python's torch.jit.load and compares with transformers on the same weights.

    python trainer/bench/run_archives.py MODEL_FOLDER ARCHIVE_FOLDER [--device cuda] [--rows 8] [--tokens 512]

ARCHIVE_FOLDER is what ProgramArchives.write left for the model. Prints the largest difference of log-probabilities
and the tokens per second of both forwards.
"""

import argparse
import time

import torch
from transformers import Qwen2_5_VLForConditionalGeneration

parser = argparse.ArgumentParser()
parser.add_argument("model")
parser.add_argument("archives")
parser.add_argument("--device", default="cpu")
parser.add_argument("--rows", type=int, default=4)
parser.add_argument("--tokens", type=int, default=64)
options = parser.parse_args()

device = torch.device(options.device)
model = Qwen2_5_VLForConditionalGeneration.from_pretrained(options.model, dtype=torch.float32).to(device).eval()
text = torch.jit.load(f"{options.archives}/Text.pt", map_location=device)
head = torch.jit.load(f"{options.archives}/Head.pt", map_location=device)
torch._C._set_graph_executor_optimize(False)

state = model.model.language_model.state_dict()
weights = [state["norm.weight"]]
for i in range(model.config.text_config.num_hidden_layers):
    name = f"layers.{i}."
    projections = [name + f"self_attn.{p}_proj" for p in "qkv"]
    weights += [
        state[name + "input_layernorm.weight"],
        torch.cat([state[p + ".weight"] for p in projections]),
        torch.cat([state[p + ".bias"] for p in projections]),
        state[name + "self_attn.o_proj.weight"],
        state[name + "post_attention_layernorm.weight"],
        torch.cat([state[name + "mlp.gate_proj.weight"], state[name + "mlp.up_proj.weight"]]),
        state[name + "mlp.down_proj.weight"],
    ]

torch.manual_seed(0)
ids = torch.randint(3, 140, (options.rows, options.tokens), device=device)
none = torch.zeros(0, device=device)
positions = torch.arange(options.tokens, device=device).expand(3, options.rows, -1)


def archive():
    x = text.embed(state["embed_tokens.weight"], ids, none, none)[0]
    hidden = text.decoder(weights, [none], x, positions, none, [none], none)[0]
    return head.logits(hidden, model.lm_head.weight)[0]


def reference():
    return model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False).logits.float()


def tokens_per_second(work):
    work()
    start = time.perf_counter()
    for _ in range(5):
        work()
    if device.type == "cuda":
        torch.cuda.synchronize()
    return 5 * ids.numel() / (time.perf_counter() - start)


with torch.no_grad():
    difference = (archive().log_softmax(-1) - reference().log_softmax(-1)).abs().max().item()
    print(f"torch {torch.__version__} on {device}: largest difference {difference:.1e}, "
          f"{tokens_per_second(archive):.0f} against {tokens_per_second(reference):.0f} tokens/s")
