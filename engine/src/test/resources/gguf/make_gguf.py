"""What GGUF files of the fixtures must hold, computed with the gguf package.

Usage: python make_gguf.py   (with gguf, llama-cpp-python and mlx-lm; writes goldens.json beside it)

  files      per fixture and type: metadata, and for each tensor its type, shape and the SHA-256 of its bytes
  rounding   the bits of float32 values, and their bytes in each type: ties, zeros, large and small numbers
  sample     a file written by the gguf package, in base64, with values of kinds that the engine does not write
"""

import base64
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import gguf
import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "parity" / "gguf"))
import check  # noqa: E402


def rounding():
    rng = np.random.default_rng(3)
    values = np.concatenate([
        np.zeros(32), np.linspace(-1, 1, 32), rng.normal(size=64), np.arange(32) - 15.5, 127 - np.arange(32) * 0.5,
        rng.normal(size=32) * 1e-9, rng.normal(size=32) * 3e4, np.full(32, -0.0), np.arange(32) * 2.0 ** -26,
        1 + np.arange(32) * 2.0 ** -9, 1 + np.arange(32) * 2.0 ** -12]).astype(np.float32)
    bits = values.view(np.int32).tolist()
    return {"bits": bits} | {
        kind: gguf.quants.quantize(values, quantization).tobytes().hex() for kind, quantization in check.TYPES.items()}


def sample():
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.gguf"
        writer = gguf.GGUFWriter(file, "llama")
        writer.add_uint8("byte", 7)
        writer.add_float64("double", 1.5)
        writer.add_array("doubles", [1.25, 2.5])
        writer.add_uint32("whole", 4_000_000_000)
        writer.add_array("texts", ["a", "\u00e4"])
        writer.add_bool("flag", True)
        writer.add_tensor("vector", np.arange(3, dtype=np.float32))
        writer.add_tensor("matrix", np.arange(6, dtype=np.float16).reshape(2, 3))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return base64.b64encode(file.read_bytes()).decode()


def main():
    files = {}
    for family in check.FAMILIES:
        model = HERE.parent / "fixtures" / family / "model"
        config = json.loads((model / "config.json").read_text())
        tensors = check.weights(model)
        for kind in check.TYPES:
            files[f"{family} {kind}"] = {
                "metadata": check.expected_metadata(family, kind, model, config),
                "tensors": {
                    name: [quantization.name, list(shape), hashlib.sha256(data).hexdigest()]
                    for name, (quantization, shape, data) in check.expected_tensors(family, kind, config, tensors).items()},
            }
    content = {"files": files, "rounding": rounding(), "sample": sample()}
    (HERE / "goldens.json").write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
