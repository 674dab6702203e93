"""Writes a random bfloat16 checkpoint with the exact shapes of Qwen2.5-VL-3B, in shards of about 2 GB (7.5 GB in all).

    jobs/bin/sightmill setup --tiny-model TINY
    python trainer/bench/make_real_size.py TINY FOLDER
    jobs/bin/sightmill generate --model FOLDER --dtype bfloat16 --image PICTURE --question "What is it?" --max-tokens 16

TINY lends its byte tokenizer, whose control tokens get Qwen's ids. Needs numpy. Weights repeat a pool of random
numbers: drawing each would take minutes and change nothing that is measured.
"""

import json
import pathlib
import struct
import sys

import numpy

TINY, FOLDER = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
HIDDEN, INTERMEDIATE, LAYERS, HEADS, KV, VOCABULARY = 2048, 11008, 36, 16, 2, 151936
V_HIDDEN, V_INTERMEDIATE, V_DEPTH, V_HEADS = 1280, 3420, 32, 16
SHARD_BYTES = 2_000_000_000
FIRST_CONTROL = 151643
POOL = 1 << 24


def tensors():
    yield "visual.patch_embed.proj.weight", (V_HIDDEN, 3, 2, 14, 14)
    for i in range(V_DEPTH):
        block = f"visual.blocks.{i}."
        yield block + "norm1.weight", (V_HIDDEN,)
        yield block + "norm2.weight", (V_HIDDEN,)
        for name, rows, columns in (("attn.qkv", 3 * V_HIDDEN, V_HIDDEN), ("attn.proj", V_HIDDEN, V_HIDDEN),
                                    ("mlp.gate_proj", V_INTERMEDIATE, V_HIDDEN), ("mlp.up_proj", V_INTERMEDIATE, V_HIDDEN),
                                    ("mlp.down_proj", V_HIDDEN, V_INTERMEDIATE)):
            yield block + name + ".weight", (rows, columns)
            yield block + name + ".bias", (rows,)
    yield "visual.merger.ln_q.weight", (V_HIDDEN,)
    for name, rows in (("0", 4 * V_HIDDEN), ("2", HIDDEN)):
        yield f"visual.merger.mlp.{name}.weight", (rows, 4 * V_HIDDEN)
        yield f"visual.merger.mlp.{name}.bias", (rows,)
    yield "model.embed_tokens.weight", (VOCABULARY, HIDDEN)
    kv = KV * HIDDEN // HEADS
    for i in range(LAYERS):
        layer = f"model.layers.{i}."
        yield layer + "input_layernorm.weight", (HIDDEN,)
        yield layer + "post_attention_layernorm.weight", (HIDDEN,)
        for name, rows in (("q", HIDDEN), ("k", kv), ("v", kv)):
            yield layer + f"self_attn.{name}_proj.weight", (rows, HIDDEN)
            yield layer + f"self_attn.{name}_proj.bias", (rows,)
        yield layer + "self_attn.o_proj.weight", (HIDDEN, HIDDEN)
        yield layer + "mlp.gate_proj.weight", (INTERMEDIATE, HIDDEN)
        yield layer + "mlp.up_proj.weight", (INTERMEDIATE, HIDDEN)
        yield layer + "mlp.down_proj.weight", (HIDDEN, INTERMEDIATE)
    yield "model.norm.weight", (HIDDEN,)


def bfloat16(values):
    return (values.astype("<f4").view("<u4") >> 16).astype("<u2")


def shards():
    shard, size = [], 0
    for name, shape in tensors():
        count = int(numpy.prod(shape))
        if shard and size + 2 * count > SHARD_BYTES:
            yield shard
            shard, size = [], 0
        shard.append((name, shape, count))
        size += 2 * count
    yield shard


def write(path, shard, pool):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape, count in shard:
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [offset, offset + 2 * count]}
        offset += 2 * count
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name, shape, count in shard:
            if len(shape) == 1 and not name.endswith("bias"):
                file.write(bfloat16(numpy.ones(count)).tobytes())
                continue
            while count > 0:
                part = pool[:count]
                file.write(part.tobytes())
                count -= len(part)


def config():
    vision = dict(model_type="qwen2_5_vl", depth=V_DEPTH, hidden_size=V_HIDDEN, intermediate_size=V_INTERMEDIATE,
                  num_heads=V_HEADS, out_hidden_size=HIDDEN, in_chans=3, patch_size=14, spatial_patch_size=14,
                  temporal_patch_size=2, spatial_merge_size=2, window_size=112, tokens_per_second=2, hidden_act="silu",
                  fullatt_block_indexes=[7, 15, 23, 31])
    return dict(architectures=["Qwen2_5_VLForConditionalGeneration"], model_type="qwen2_5_vl", torch_dtype="bfloat16",
                image_token_id=151655, video_token_id=151656, vision_start_token_id=151652, vision_end_token_id=151653,
                bos_token_id=151643, eos_token_id=151645, hidden_size=HIDDEN, intermediate_size=INTERMEDIATE,
                num_hidden_layers=LAYERS, num_attention_heads=HEADS, num_key_value_heads=KV, vocab_size=VOCABULARY,
                hidden_act="silu", rms_norm_eps=1e-6, rope_theta=1e6, max_position_embeddings=128000,
                tie_word_embeddings=True, rope_scaling=dict(type="mrope", mrope_section=[16, 24, 24]),
                vision_config=vision)


FOLDER.mkdir(parents=True, exist_ok=True)
pool = bfloat16(numpy.random.default_rng(0).normal(0, 0.02, POOL))
parts = list(shards())
weight_map = {}
for number, shard in enumerate(parts, 1):
    name = f"model-{number:05d}-of-{len(parts):05d}.safetensors"
    write(FOLDER / name, shard, pool)
    weight_map.update((tensor, name) for tensor, _, _ in shard)
index = dict(metadata=dict(total_size=sum(2 * count for shard in parts for _, _, count in shard)), weight_map=weight_map)
(FOLDER / "model.safetensors.index.json").write_text(json.dumps(index))
(FOLDER / "config.json").write_text(json.dumps(config(), indent=1))
tokenizer = json.loads((TINY / "tokenizer.json").read_text())
for number, token in enumerate(tokenizer["added_tokens"]):
    token["id"] = FIRST_CONTROL + number
(FOLDER / "tokenizer.json").write_text(json.dumps(tokenizer))
(FOLDER / "preprocessor_config.json").write_text((TINY / "preprocessor_config.json").read_text())
print(f"{index['metadata']['total_size'] / 1e9:.2f} GB in {len(parts)} shards")
