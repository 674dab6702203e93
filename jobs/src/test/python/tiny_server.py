"""Serves a model of random weights through llama.cpp's own server, until its input ends.

    python tiny_server.py FOLDER KEY

Writes the weights into FOLDER, prints the server's address on one line, asks every caller for KEY. A byte is a token; one
layer each reads text and pictures: small enough for thousands of tokens a second, and the server cannot tell.
"""

import pathlib
import sys

import gguf
import numpy
import xllamacpp

CONTEXT = 8192
CALLERS_AT_ONCE = 2
WIDTH, HIDDEN, HEADS = 32, 64, 2
PICTURE_WIDTH, PICTURE_SIDE, PATCH_SIDE = 16, 32, 8
PLAIN, CONTROL = 1, 3
CHAT_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


class Weights:
    """A file of drawn weights, the same in every run."""

    def __init__(self, path: pathlib.Path, architecture: str):
        self.file = gguf.GGUFWriter(path, architecture)
        self.random = numpy.random.default_rng(1)

    def draw(self, name: str, *shape: int) -> None:
        self.file.add_tensor(name, (0.3 * self.random.standard_normal(shape)).astype(numpy.float32))

    def draw_with_bias(self, name: str, *shape: int) -> None:
        self.draw(name + ".weight", *shape)
        self.draw(name + ".bias", shape[0])

    def write(self) -> None:
        self.file.write_header_to_file()
        self.file.write_kv_data_to_file()
        self.file.write_tensors_to_file()
        self.file.close()


def byte_tokens() -> list[str]:
    """The characters that stand for the bytes 0 to 255 in byte-level vocabularies."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]


def write_text_model(path: pathlib.Path) -> None:
    weights = Weights(path, "llama")
    tokens = [*byte_tokens(), "<|begin|>", "<|end|>"]
    describe_text_model(weights.file, tokens)
    weights.draw("token_embd.weight", len(tokens), WIDTH)
    weights.draw("output_norm.weight", WIDTH)
    weights.draw("output.weight", len(tokens), WIDTH)
    for name in ("attn_norm", "ffn_norm"):
        weights.draw(f"blk.0.{name}.weight", WIDTH)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        weights.draw(f"blk.0.{name}.weight", WIDTH, WIDTH)
    weights.draw("blk.0.ffn_gate.weight", HIDDEN, WIDTH)
    weights.draw("blk.0.ffn_up.weight", HIDDEN, WIDTH)
    weights.draw("blk.0.ffn_down.weight", WIDTH, HIDDEN)
    weights.write()


def describe_text_model(file: gguf.GGUFWriter, tokens: list[str]) -> None:
    file.add_context_length(CONTEXT)
    file.add_embedding_length(WIDTH)
    file.add_block_count(1)
    file.add_feed_forward_length(HIDDEN)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_vocab_size(len(tokens))
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre("default")
    file.add_token_list(tokens)
    file.add_token_types([PLAIN] * 256 + [CONTROL] * 2)
    file.add_token_merges([f"{tokens[32]} {tokens[32]}"])  # the loader wants one; it is never used
    file.add_bos_token_id(256)
    file.add_eos_token_id(257)
    file.add_add_bos_token(False)
    file.add_chat_template(CHAT_TEMPLATE)


def write_picture_model(path: pathlib.Path) -> None:
    weights = Weights(path, "clip")
    describe_picture_model(weights.file)
    patches = (PICTURE_SIDE // PATCH_SIDE) ** 2
    weights.draw("v.class_embd", PICTURE_WIDTH)
    weights.draw("v.patch_embd.weight", PICTURE_WIDTH, 3, PATCH_SIDE, PATCH_SIDE)
    weights.draw("v.position_embd.weight", patches + 1, PICTURE_WIDTH)
    for name in ("v.pre_ln", "v.post_ln", "v.blk.0.ln1", "v.blk.0.ln2"):
        weights.draw_with_bias(name, PICTURE_WIDTH)
    for name in ("attn_q", "attn_k", "attn_v", "attn_out", "ffn_up", "ffn_down"):
        weights.draw_with_bias(f"v.blk.0.{name}", PICTURE_WIDTH, PICTURE_WIDTH)
    weights.draw_with_bias("mm.0", WIDTH, PICTURE_WIDTH)
    weights.draw_with_bias("mm.2", WIDTH, WIDTH)
    weights.write()


def describe_picture_model(file: gguf.GGUFWriter) -> None:
    file.add_bool("clip.has_vision_encoder", True)
    file.add_string("clip.projector_type", "mlp")
    file.add_bool("clip.use_gelu", True)
    for name, value in {
        "image_size": PICTURE_SIDE,
        "patch_size": PATCH_SIDE,
        "embedding_length": PICTURE_WIDTH,
        "feed_forward_length": PICTURE_WIDTH,
        "projection_dim": WIDTH,
        "block_count": 1,
        "attention.head_count": HEADS,
    }.items():
        file.add_uint32("clip.vision." + name, value)
    file.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-5)
    file.add_array("clip.vision.image_mean", [0.5] * 3)
    file.add_array("clip.vision.image_std", [0.5] * 3)


def serve(folder: pathlib.Path, key: str) -> None:
    write_text_model(folder / "text.gguf")
    write_picture_model(folder / "pictures.gguf")
    params = xllamacpp.CommonParams()
    params.model.path = str(folder / "text.gguf")
    params.mmproj.path = str(folder / "pictures.gguf")
    params.mmproj_use_gpu = False
    params.n_ctx = CONTEXT * CALLERS_AT_ONCE
    params.n_parallel = CALLERS_AT_ONCE
    params.cpuparams.n_threads = 1
    params.warmup = False
    params.port = 0  # any that is free
    params.api_keys = [key]
    params.endpoint_metrics = True
    server = xllamacpp.Server(params)
    print("serving at", server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(pathlib.Path(sys.argv[1]), sys.argv[2])
