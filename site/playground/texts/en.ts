/** All words of the page, in English. Other languages have the same names, which the compiler holds. */
export const en = {
  page: {
    title: "anygrad playground",
    home: "anygrad",
    brand: "playground",
    skip: "Skip to the room",
    rooms: "Rooms",
    room: {
      train: "Train",
      try: "Try",
      reproduce: "Reproduce",
      compare: "Compare",
      benchmark: "Benchmark",
      lessons: "Lessons",
    },
    explain: "Explain",
    explainHint: "A sentence beside every control",
    scheme: "Colours",
    schemes: { auto: "Auto", light: "Light", dark: "Dark" },
    language: "Language",
    loading: "Loading …",
    close: "Close this message",
  },
  transport: {
    title: "Training",
    start: "Train",
    pause: "Pause",
    goOn: "Go on",
    again: "Train again",
    step: "One step",
    stepHint: "Trains on one batch",
    reset: "Reset",
    resetHint: "Draws new first weights by the seed",
    more: "2 more epochs",
    moreHint: "Goes on with the run that has ended",
    progress: "Progress of the run",
    idle: "Press Train: the network learns in this page, and nothing leaves it.",
    changed: "Settings have changed: Train begins anew.",
    at: (epoch: number, epochs: number, step: string, steps: string) =>
      `Epoch ${epoch} of ${epochs}, step ${step} of ${steps}`,
    accuracy: "Test accuracy",
    speed: "Speed",
    perSecond: (speed: string) => `${speed} examples/s`,
    left: "Time left",
    rate: "Arithmetic",
    memory: "Memory",
    engine: "Engine",
    threads: (variant: string, threads: number) =>
      `${variant}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
  },
  training: {
    notLoaded: (reason: string) =>
      `The worker that trains does not start (${reason}). Load the page again; if that does not help, a blocker or the host may keep its program back.`,
    noSimd:
      "This browser lacks SIMD, or has it switched off, so that training takes several times as long. Another browser, or a newer one, has it; the weights become the same.",
    oneThread:
      "This page may not share memory, so that one thread computes. Load it again, or have its host send the two headers of cross-origin isolation; the weights become the same.",
    noRoom: (needed?: string) =>
      `This tab has too little memory for that${needed ? ` (${needed} are needed)` : ""}. Choose a smaller batch or network or fewer examples, or close other tabs.`,
    lost: (reason: string) =>
      `The worker that trains has ended (${reason}). Another took its place and goes on from the last kept state.`,
  },
  failures: {
    /** What the library says, which it says in English. */
    quoted: "",
    of: {} as Readonly<Record<string, string>>,
    shapes: "",
    other: "",
  },
  storage: {
    full: (reason: string) =>
      `The work cannot be kept for a reload (${reason}). Training goes on; download the model before you close the page, or free some storage.`,
  },
  data: {
    title: "Data",
    hint: "Examples and what they are. The network sees the training part and is judged on the rest.",
    source: "Learn from",
    sources: {
      digits: "Digits (built in)",
      toy: "Points in a plane",
      own: "Own classes: draw or camera",
      pictures: "Picture folders",
      table: "Table (CSV)",
      idx: "MNIST files",
    },
    sourceHints: {
      digits: "Handwritten-looking digits of 28 × 28 pixels, drawn by the page itself.",
      toy: "Two numbers an example. You see how the network divides the plane while it learns.",
      own: "Make a few examples of two or more things and teach the network to tell them apart.",
      pictures: "A folder a class: cats/, dogs/ … PNG or JPEG of any size. They stay in this page.",
      table: "Numbers and words in columns; one column is predicted from the others.",
      idx: "The files of MNIST or Fashion-MNIST, from your disk or from an address.",
    },
    examples: "Training examples",
    examplesHint: "More examples take longer and teach more.",
    shape: "Shape",
    shapes: { circle: "Circle", xor: "Squares", moons: "Moons", spiral: "Spiral", three: "Three" },
    points: "Points",
    noise: "Noise",
    noiseHint: "How far points stray from their shape.",
    way: "How examples are made",
    ways: { draw: "Draw", camera: "Camera" },
    className: (n: number) => `Class ${n}`,
    addTo: (name: string) => `Add examples to ${name}`,
    nameOf: (n: number) => `Name of class ${n}`,
    removeClass: (name: string) => `Remove ${name}`,
    addClass: "+ Another class",
    addDrawing: "Add drawing",
    take: "Take picture (hold for many)",
    use: "Use these",
    enough: "At least 3 examples of each class are needed; 20 or more are good.",
    pictureSize: "Size in pixels",
    pictureSizeHint: "Pictures are cropped to a square and shrunk to this side.",
    choosePictures: "Choose a folder",
    dropPictures: "or drop one here",
    noPictures: (n: number) =>
      `Among these ${n} files are no pictures. Choose a folder with PNG or JPEG files in a folder a class.`,
    oneFolder: (name: string) =>
      `All pictures are in one folder (${name}). Put each class into a folder of its own, and choose the folder above them.`,
    tooLarge: (width: number, height: number) =>
      `${width} × ${height} pixels are more than this page decodes (60 megapixels); make it smaller`,
    leftOut: (n: number, first: string) =>
      `${n} ${n === 1 ? "picture" : "pictures"} could not be read and ${n === 1 ? "was" : "were"} left out: ${first}`,
    chooseTable: "Choose a table",
    dropTable: "or drop a CSV file here",
    label: "Predict",
    labelHint: "The column that the network learns to tell from the others.",
    limit: "At most",
    limitHint: "Only the first so many examples are used.",
    chooseIdx: "Choose files",
    dropIdx: "or drop pictures and labels together, .gz or not",
    address: "Or from an address that holds the four files",
    fetch: "Fetch",
    fetching: "Fetching …",
    noAddress: (address: string) =>
      `${address} is no address; write one such as https://example.org/mnist/, which holds the four files`,
    answered: (status: number) => `the server answered ${status}`,
    notFetched: (name: string, reason: string) =>
      `${name} could not be fetched (${reason}). The address must hold the four files of MNIST and allow other pages to read them (CORS).`,
    reading: "Reading …",
    sum: (train: string, test: string, shape: string) =>
      `${train} to train on, ${test} to test; each ${shape}.`,
    numbers: (n: number) => `${n} ${n === 1 ? "number" : "numbers"}`,
    pick: "Follow example",
    pickHint: "Its way through the layers is shown below the curves.",
    columns: "Columns",
    column: "Column",
    kind: "Kind",
    number: (mean: string) => `number, mean ${mean}`,
    categories: (n: number, some: string) => `${n} categories: ${some}`,
    classes: "Examples a class",
    more: (n: number) => `and ${n} more`,
    notes: "What was found out",
  },
  network: {
    title: "Network",
    hint: "Layers, one after another. Each turns what the one before gives it into something more useful.",
    preset: "Start from",
    presetHint: "Networks that suit these data. Open a layer to change it.",
    own: "Own network",
    presets: {
      "plane-32-32": "Two layers of 32",
      "plane-8-8": "Two layers of 8",
      pretrained: "Trained network, new head",
      softmax: "No hidden layer",
      table: "For tables",
      mlp: "Dense layers",
      cnn: "Convolutions",
      "cnn-32-32": "Convolutions 32, 32",
      "cnn-relu": "Convolutions 32, 64",
      "cnn-bn-sigmoid": "With batch normalisation",
      "mnist-fast": "Fast to 99 %",
      "mlp-128-64": "Dense 128, 64",
      "mlp-64": "Dense 64",
    },
    layers: "Layers",
    input: "Input",
    kinds: {
      dense: "Dense",
      conv2d: "Convolution",
      depthwiseConv2d: "Depthwise convolution",
      maxPooling2d: "Max pooling",
      averagePooling2d: "Average pooling",
      globalAveragePooling2d: "Global average",
      flatten: "Flatten",
      dropout: "Dropout",
      batchNormalization: "Batch normalisation",
      layerNormalization: "Layer normalisation",
      activation: "Activation",
    },
    kindHints: {
      dense: "Every unit weighs all inputs and adds them up.",
      conv2d: "Small filters look for the same pattern all over the picture.",
      depthwiseConv2d: "A filter for each channel by itself.",
      maxPooling2d: "Keeps the strongest of each little square: the picture shrinks.",
      averagePooling2d: "Keeps the mean of each little square: the picture shrinks.",
      globalAveragePooling2d: "One number a channel: its mean over the picture.",
      flatten: "Lays the picture out as one row of numbers.",
      dropout: "Silences some units at random while training, so that none is relied on alone.",
      batchNormalization:
        "Brings numbers to mean 0 and deviation 1 over the batch; in use, by averages it has kept.",
      layerNormalization: "Brings the numbers of each example to mean 0 and deviation 1.",
      activation: "A bend: without it, many layers could do no more than one.",
    },
    options: {
      units: "Units",
      filters: "Filters",
      kernelSize: "Kernel side",
      strides: "Stride",
      poolSize: "Pool side",
      padding: "Border",
      activation: "Activation",
      rate: "Share silenced",
    },
    up: "Up",
    down: "Down",
    remove: "Remove",
    add: "Add a layer",
    addButton: "Add",
    wrongEnd: (shape: string, outputs: number) =>
      `the network gives ${shape} an example, and the data ask for ${outputs}; end it in a dense layer of ${outputs} units`,
    sum: (parameters: string, memory: string) =>
      `${parameters} weights; a training step takes about ${memory}.`,
  },
  recipe: {
    title: "Recipe",
    hint: "How the weights are changed. The learning rate may be moved while the network trains.",
    learningRate: "Learning rate",
    learningRateHint: "How far a step goes. Too far, and it leaps about; too short, and it takes for ever.",
    epochs: "Epochs",
    epochsHint: "Passes over all examples.",
    batchSize: "Batch size",
    batchSizeHint: "Examples a step.",
    optimizer: "Optimizer",
    optimizerHint: "The rule of a step.",
    schedule: "Schedule",
    scheduleHint: "How the rate goes on.",
    schedules: { constant: "Constant", cosine: "Cosine to 0", "one-cycle": "Up and down" },
    seed: "Seed",
    seedHint:
      "Decides first weights and order. The same seed gives the same network, bit for bit, on every machine.",
    augment: "Augmentation",
    augmentHint:
      "Pictures are changed a little, in another way in every step, so that the network learns what does not matter.",
    augments: {
      shift: "Shift (pixels)",
      rotation: "Rotation (°)",
      zoom: "Zoom",
      shear: "Shear (°)",
      cutout: "Cutout (pixels)",
      flip: "Mirror",
    },
    augmentPreview: "Left as it is, then as training sees it",
  },
  model: {
    title: "Model",
    hint: "Take the network with you: every format opens elsewhere.",
    format: "Format",
    formats: {
      safetensors: "safetensors (anygrad)",
      keras: "Keras 3 (.keras)",
      onnx: "ONNX",
      tfjs: "TensorFlow.js",
      npz: "Weights for NumPy (.npz)",
    },
    save: "Download model",
    report: "Download report",
    open: "Open a model",
    openHint: "or drop one here: safetensors, Keras, ONNX, TensorFlow.js, TFLite",
    opened: (name: string) => `${name} is open. Try it, teach it, or save it in another format.`,
  },
  views: {
    curves: "Loss and accuracy",
    curvesHint:
      "Each point is a batch; the other colour is the test, after each epoch. Loss falls as the network errs less.",
    loss: "Loss",
    accuracy: "Accuracy",
    mae: "Mean absolute error",
    notStarted: "The curves begin with the first step.",
    nothingYet: "There is nothing to see before the first step.",
    verdict: "Right and wrong",
    verdictHint:
      "Rows are what examples are, columns what the network takes them for. The diagonal is right.",
    regressionHint: "What was predicted above what it is. On the diagonal it is right.",
    right: (share: string, of: string) => `${share} of ${of} test examples are right.`,
    mistakes: "Mistakes that are left",
    mistakesHint: "The test pictures that the network is surest and wrong about: what it is → what it says.",
    noMistakes: "None.",
    wrong: (n: string, of: string) => `${n} of ${of} test pictures are wrong.`,
    filters: "Filters",
    filtersHint: "The weights of the first layer as pictures: one colour counts for, the other against.",
    activations: "Through the layers",
    activationsHint: "What each layer makes of one example.",
    example: "Example",
    histograms: "Weights and gradients",
    histogramsHint:
      "How the numbers of a layer are spread. Gradients near 0 mean that the layer has stopped to learn.",
    layer: "Layer",
    weights: "Weights",
    gradients: "Gradients",
    plane: "Decision surface",
    planeHint: "What the network says everywhere: a class a colour, paler where it is less sure.",
  },
  /** Words of the figures, by those that anygrad/vis uses. */
  figures: {
    confusionMatrix: "Confusion matrix",
    curves: "Curves",
    imageGrid: "Pictures",
    filters: "Filters",
    featureMaps: "Maps of the layer",
    heatmap: "Heat map",
    histogram: "Histogram",
    scatter: "Points",
    barChart: "Bars",
    decisionSurface: "Decision surface",
    actual: "actual",
    predicted: "predicted",
    row: "row",
    column: "column",
    step: "step",
    epoch: "epoch",
    loss: "training",
    val_loss: "test",
    accuracy: "training",
    val_accuracy: "test",
    mae: "training",
    val_mae: "test",
    points: "points",
    last: "last",
    around: "around",
    count: "count",
    numbers: "numbers",
    name: "build",
  } as Readonly<Record<string, string>>,
  trial: {
    title: "Try",
    lead: "Ask the network about something that it has not seen.",
    noModel: "There is no network yet: train one first.",
    trainNow: "Train now",
    input: "Your example",
    inputHint: "Drawings are brought to the middle and to the size that the network knows.",
    way: "Where it comes from",
    ways: { draw: "Draw", file: "Picture", camera: "Camera" },
    pad: "Pad to draw on",
    clear: "Clear",
    chooseFile: "Choose a picture",
    dropFile: "or drop one here",
    noPicture: (name: string) =>
      `${name} is no picture that this browser can read; choose a PNG or JPEG file`,
    seen: "As the network sees it",
    occluded: "What it looked at",
    occlude: "Show what it looked at",
    occludeHint: "A part is hidden at a time. Where the answer suffers most, the network looked most.",
    says: "The network says",
    saysHint: "How sure it is of each class; all together make 100 %.",
    answer: (name: string, share: string) => `${name}, ${share}`,
    nothing: "Nothing yet.",
    teach: "Teach it",
    teachHint:
      "Say what your example is, keep a few, and train on them for a second. It changes the network of this page.",
    isA: "This is",
    keep: "Keep example",
    learn: (n: string) => `Learn ${n}`,
    teaching: "Learning …",
    hasLearned: (n: number) =>
      `The network has learned ${n} ${n === 1 ? "example" : "examples"} of yours. Draw again and see.`,
    layers: "Through the layers",
    layersHint: "What each layer makes of it.",
    pointHint: "A place in the plane.",
    across: "Across",
    up: "Up",
    rowHint: "A row as in the table.",
    ask: "Predict",
  },
  camera: {
    label: "Picture of the camera",
    refused: "The camera was refused. Allow it in the address bar and choose Camera again, or draw instead.",
    none: "No camera was found here. Draw instead, or choose pictures.",
    failed: (reason: string) => `The camera gives no picture: ${reason}`,
  },
  reproduce: {
    title: "Reproduce",
    lead: "Data, network, recipe and seed give the same weights everywhere, bit for bit. Here is how to see it.",
    noRun: "There is no finished run yet. Train one to its end first.",
    taught:
      "This network was taught, opened from a file, or put on one that was trained before, so that no recipe makes it again. Train anew to have one that can be repeated.",
    digest: "Digest",
    digestHint: "A fingerprint of all weights (SHA-256). If one bit differed, it would be another.",
    repeat: "Repeat the run here",
    repeating: "The run is repeated",
    equal: "The same digest: every bit of the weights is equal.",
    different: "Another digest. Please report it: this must not happen.",
    link: "Link",
    linkHint: "It carries the whole recipe behind the # sign, which no server sees.",
    linkLabel: "Link to this run",
    linkOwn:
      "Your own data stay in this page, so that a link cannot carry them. The program below takes them as a file.",
    linkRates: "The rate was moved by hand during the run, which a link cannot carry. The program below can.",
    command: "Command line",
    commandHint: "The same run by anygrad in a terminal.",
    commandLabel: "In a terminal, with Node 20 or later",
    noCommand:
      "The command line knows the built-in digits at settings that stay; for this run take the program.",
    downloadNetwork: "Download network.json",
    program: "Program",
    programHint: "The same run in Node; it prints the digest.",
    downloadProgram: "Download run.mjs",
    downloadData: "Download data.npz",
    copy: "Copy",
    copied: "Copied",
    badLink: (reason: "version" | "damaged" | "own") =>
      reason === "version"
        ? "The link comes from another version of the playground and says things that this one does not know. Here are the usual settings instead."
        : reason === "own"
          ? "The link is to a run on somebody's own data, which stayed in their page. Here are the usual settings instead."
          : "The link is damaged: a part of it is missing. Copy it again, as a whole. Here are the usual settings instead.",
  },
  compare: {
    title: "Compare",
    lead: "Runs that have ended, side by side. They are kept in this browser.",
    none: "No run has ended yet. Train two with other settings, or start a sweep.",
    accuracies: "Test accuracy by epoch",
    losses: "Test loss by epoch",
    curvesHint: "A line a run. Press a name to hide its line.",
    heads: ["Run", "Accuracy", "Loss", "Recipe", "Weights", "Time", "Digest"],
    actions: "Actions",
    take: "Take",
    remove: (name: string) => `Remove run ${name}`,
    sweep: "Sweep",
    sweepHint:
      "Trains the network of the Train room at five learning rates around its own, several at a time.",
    sweepEpochs: "Epochs each",
    startSweep: "Start sweep",
    stopSweep: "Stop",
    best: (rate: string) => `Best at ${rate}.`,
  },
  benchmark: {
    title: "Benchmark",
    lead: "How fast anygrad computes on this machine, in this browser. It takes about a minute; leave the page in front.",
    start: "Start",
    stop: "Stop",
    thisMachine: "this machine",
    oneThread:
      "This page is not cross-origin isolated, so that threads are off. Loading it again may help: its service worker then adds the headers.",
    table: "Results",
    tableHint: "The median of many calls. A convolution of im2col's count of operations; more is better.",
    heads: ["Task", "Build", "ms", "Rate", "Over scalar"],
    chart: "Builds side by side",
    task: "Task",
    take: "Take it with you",
    picture: "Picture",
    text: "As text",
    copy: "Copy",
    copied: "Copied",
  },
  lessons: {
    title: "Lessons",
    lead: "Five lessons of ten minutes, for a class or for yourself. Each sets the playground up, asks something, and checks.",
    start: "Begin",
    again: "Once more",
    at: (n: number, of: number) => `${n} of ${of}`,
    leave: "Leave lesson",
    question: "What do you think?",
    right: "Right.",
    notYet: "Not quite. Look again, and choose another.",
    done: "Done.",
    open: (task: string) => `To do: ${task}`,
    back: "Back",
    next: "Next",
    end: "Finish",
    toRoom: (name: string) => `Go to ${name}`,
    list: {
      neuron: {
        title: "What is a neuron?",
        aim: "One unit draws a line. A few together draw a circle.",
        steps: [
          {
            text: "One layer, without anything hidden: each class weighs the two coordinates and adds them up. Train it and watch the border between the colours.",
            task: "press Train and let the run end.",
            because: "The border is a straight line, whatever it does.",
          },
          {
            text: "The blue points lie in the middle, the others around them, and still many are wrong.",
            options: [
              "It needs more epochs.",
              "A weighted sum can only draw a straight line, and no line parts a ring from its middle.",
              "The points are too noisy.",
            ],
            because: "More time does not bend a line.",
          },
          {
            text: "Now six units with a bend (tanh) stand between. Each draws a line of its own, and the last layer puts them together.",
            task: "train to at least 95 % test accuracy; if it falls short, move the learning rate or train again.",
            because: "Six lines make a ring.",
          },
          {
            text: "Open “Through the layers” at the right and follow some examples: each unit of the first layer lights up on one side of its line.",
            task: "open “Through the layers”.",
            because: "That is all a neuron is: weigh, add, bend.",
          },
        ],
      },
      overfitting: {
        title: "Overfitting",
        aim: "A network can learn by heart. How to see it, and what helps.",
        steps: [
          {
            text: "40 noisy points and a network of 1,200 weights. Train and watch both curves of the loss: training and test.",
            task: "train to the end.",
            because: "The training loss keeps falling while the test loss rises.",
          },
          {
            text: "Look at the decision surface: it has islands around single points. What has the network learned there?",
            options: [
              "The shape of the moons.",
              "Nothing: its weights are still random.",
              "Single noisy points, by heart, which helps with no new one.",
            ],
            because: "What is learned by heart helps with these points alone.",
          },
          {
            text: "The same network with 1,000 points: now there are too many to learn by heart.",
            task: "train to the end and compare both curves.",
            because:
              "Both losses stay together. More data are the best cure; fewer weights, dropout and stopping early are others.",
          },
        ],
      },
      convolution: {
        title: "Convolution",
        aim: "Why filters that slide beat weights for every pixel.",
        steps: [
          {
            text: "A dense layer has a weight for each pixel: 25,000 here. Train it on digits, and look at its weights as pictures under Filters.",
            task: "train to the end, and note the test accuracy.",
            because: "Each unit has learned ink at certain places.",
          },
          {
            text: "Now small filters slide over the picture and look for the same pattern everywhere, with 9,000 weights in all.",
            task: "train to the end, and compare the accuracy.",
            because: "Fewer weights, and more right.",
          },
          {
            text: "Why is the second network better, with fewer weights?",
            options: [
              "What a filter learns at one place, it knows at all others.",
              "It has more weights where they are needed.",
              "Its pictures are larger.",
            ],
            because: "Weights are shared over the picture: a stroke is a stroke wherever it stands.",
          },
          {
            text: "Open “Through the layers”: the first maps show edges and strokes, the later ones coarser things.",
            task: "open “Through the layers”.",
            because: "From strokes to parts to digits.",
          },
        ],
      },
      normalization: {
        title: "Batch normalisation’s two faces",
        aim: "It behaves differently in training and in use, and that can go wrong.",
        steps: [
          {
            text: "The network has a batch normalisation with momentum 0.99. Train one epoch and compare: accuracy on training batches, and on the test.",
            task: "train to the end.",
            because: "Training looks far better than the test, and it is not overfitting.",
          },
          {
            text: "In training it normalises by the batch at hand, in use by averages that it has kept. Why is the test so poor here?",
            options: [
              "The test digits are harder.",
              "The kept averages follow slowly: after 63 steps at momentum 0.99 they still hold much of where they began.",
              "The learning rate is too low.",
            ],
            because: "0.99 to the power of 63 is 0.53: half of the average is still the beginning.",
          },
          {
            text: "The same network at momentum 0.8: its averages follow within some twenty steps.",
            task: "train to the end and compare.",
            because: "Training and test agree. Long runs hide the effect, short ones show it.",
          },
        ],
      },
      bits: {
        title: "Same bits",
        aim: "A run can be repeated exactly, here and elsewhere. Why that is not a matter of course.",
        steps: [
          {
            text: "Train this small network to its end. All its weights together have a fingerprint, the digest.",
            task: "train to the end.",
            because: "The run has a digest.",
          },
          {
            text: "Here is the digest. Repeat the run: another worker begins anew, draws the same first weights by the seed, and takes the same steps.",
            task: "press “Repeat the run here” and wait.",
            because: "Not one bit differs.",
          },
          {
            text: "Most libraries cannot promise this. What makes two runs on two machines differ there?",
            options: [
              "Seeds do not work in JavaScript.",
              "Computers are random.",
              "Sums in another order, and functions such as exp that each system rounds in its own way.",
            ],
            because:
              "anygrad sums in one order, whatever the threads, and has its own exp. Take the command line and compare on your machine.",
          },
        ],
      },
    },
  },
};

interface LessonWords {
  readonly title: string;
  readonly aim: string;
  readonly steps: readonly {
    readonly text: string;
    readonly task?: string;
    readonly options?: readonly string[];
    readonly because?: string;
  }[];
}

type Words<Value> = Value extends (...values: infer Given) => string
  ? (...values: Given) => string
  : Value extends string
    ? string
    : Value extends readonly string[]
      ? readonly string[]
      : { readonly [Name in keyof Value]: Words<Value[Name]> };

type Given = typeof en;

/** What every language has. */
export type Texts = Omit<Words<Omit<Given, "lessons">>, never> & {
  readonly lessons: Words<Omit<Given["lessons"], "list">> & {
    readonly list: { readonly [Name in keyof Given["lessons"]["list"]]: LessonWords };
  };
};
