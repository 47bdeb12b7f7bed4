"""Networks as lists of layers: sizes of feature maps, parameters, receptive fields."""

from symderiv import Problem
from symderiv.questions.layer_formulas import LayerFormulas
from symderiv.questions.layers import Conv, Dense, Flatten, Pool
from symderiv.questions.network import Network
from symderiv.questions.receptive_field import FieldBelow, FieldOfMany, ReceptiveField
from symderiv.questions.remark import Remark
from symderiv.questions.working import Working

#: The convolutional part of VGG16: five blocks, each followed by max pooling.
VGG16 = tuple(
    layer
    for block, (filters, convolutions) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1)
    for layer in (
        *(Conv(f"conv{block}-{number}", filters, 3, padding=1) for number in range(1, convolutions + 1)),
        Pool(f"max pool {block}", 2),
    )
)


def _square(side: str) -> str:
    """A map as wide and as high as this result."""
    return rf"\text{{{side}}} \times \text{{{side}}}"


small_network_without_biases = Problem(
    title="Feature maps and parameters of a small network",
    statement=r"""A network reads an RGB image of $386 \times 386$ pixels. Its layers are conv3-64, max pool, conv3-256,
        conv1-512, max pool, FC-2048, FC-1000, where conv$K$-$F$ has $F$ filters of size $K \times K$ and FC-$N$ has $N$
        neurons. Convolutions have stride 1, pooling has windows of $3 \times 3$ with stride 3; there is no padding, and
        there are no biases. Give the size of every feature map and the number of parameters of every layer.""",
    asks=(
        Network(
            input=(386, 386, 3),
            layers=(
                Conv("conv3-64", 64, 3),
                Pool("max pool", 3),
                Conv("conv3-256", 256, 3),
                Conv("conv1-512", 512, 1),
                Pool("max pool", 3),
                Dense("FC-2048", 2048),
                Dense("FC-1000", 1000),
            ),
            bias=False,
            values=True,
        ),
    ),
    names={
        **{rf"\text{{{layer}}}": f"{layer}: feature map" for layer in ("conv3-64", "conv3-256", "conv1-512")},
        **{rf"\text{{{layer} parameters}}": f"{layer}: parameters" for layer in ("conv3-64", "conv3-256", "conv1-512")},
        **{rf"\text{{{layer}: size}}": f"{layer}: feature map" for layer in ("FC-2048", "FC-1000")},
        r"\text{max pool}": ("max pool 1: feature map", "max pool 2: feature map"),
        r"\text{max pool parameters}": "max pool 1: parameters",
        r"\text{parameters}": tuple(
            f"{layer}: parameters" for layer in ("FC-2048", "FC-1000", "conv3-64", "conv3-256", "conv1-512", "max pool 1")
        ),
    },
    attempts=(
        (
            (r"\text{conv3-64: }64\times(386-3)\times(386-3)=9437184", "wrong"),
            (r"\text{conv3-64 parameters: }3\times9\times64=1728", "ok"),
            (r"\text{max pool: }64\times384\times384=1048576", "wrong"),
            (
                r"\text{conv3-256: }256\times\left(\frac{384}{3}-3+1\right)\times\left(\frac{384}{3}-3+1\right)=4064256",
                "ok",
            ),
            (r"\text{conv1-512: }512\times(126-1+1)\times(126-1+1)=8128512", "ok"),
            (r"\text{conv1-512 parameters: }256\times1\times512", "ok"),
            (r"\text{max pool: }512\times\frac{126}{3}\times\frac{126}{3}=903168", "ok"),
            (r"\text{FC-2048: size }2048,\ \text{parameters }903168\times2048=1849688064", "ok"),
            (r"\text{FC-1000: size }1000,\ \text{parameters }2048\times1000", "ok"),
        ),
    ),
    source="Deep Learning Assignment 0, exercise 3.3 (000-ex3-3)",
)

field_of_view_of_vgg16 = Problem(
    title="The field of view of VGG16",
    statement=r"""VGG16 has 13 convolutions with windows of $3 \times 3$, stride 1 and padding 1, in blocks of 2, 2, 3, 3
        and 3; after each block follows max pooling, $2 \times 2$ with stride 2. It reads images of $224 \times 224$ pixels.
        What does one unit of the last max-pooling layer see of the image?""",
    asks=(ReceptiveField(VGG16),),
    names={
        r"\text{FOV}": _square("max pool 5: receptive field"),
        r"\text{region of the previous layer}": tuple(
            _square(f"{layer.name}: field from the output back") for layer in reversed(VGG16)
        ),
        r"\text{previous outputs}": _square("max pool 5: field from the output back"),
    },
    attempts=(
        (
            (
                r"\text{a unit of the }7\times7\times512\text{ max-pooling layer depends on }2\times2"
                r"\text{ previous outputs}",
                "ok",
            ),
            (r"\text{which depend on a }(3+1)\times(3+1)\text{ region of the previous layer}", "ok"),
            (r"\text{which again depends on a }(3+3+1)\times(3+3+1)\text{ region of the previous layer}", "wrong"),
            (r"\text{so the FOV is }224\times224", "wrong"),
        ),
        ((r"\text{so the FOV is }212\times212", "ok"),),
    ),
    source="Deep Learning Assignment 1, question 3 (001-3a)",
)

parameters_of_vgg16 = Problem(
    title="The parameters of VGG16",
    statement=r"""VGG16 reads an RGB image of $224 \times 224$ pixels. Its 13 convolutions have windows of $3 \times 3$,
        stride 1 and padding 1, with 64, 64 | 128, 128 | 256, 256, 256 | 512, 512, 512 | 512, 512, 512 filters; after each
        block follows max pooling, $2 \times 2$ with stride 2. Three fully connected layers with 4096, 4096 and 1000 neurons
        follow. Count the parameters, with biases, of the convolutions, of the fully connected layers and of all, and
        compare the two groups.""",
    asks=(
        Network(
            input=(224, 224, 3),
            layers=(*VGG16, Dense("FC 1", 4096), Dense("FC 2", 4096), Dense("FC 3", 1000)),
            by_kind=True,
        ),
    ),
    source="Deep Learning Assignment 1, question 3 (001-3b)",
)

five_layers_one_after_the_other = Problem(
    title="A small network, layer by layer",
    statement=r"""A network reads images of $21 \times 21 \times 3$. Its layers are a convolution with 6 filters of
        $5 \times 5$, stride 2, without padding; max pooling of $3 \times 3$, stride 2, without padding; a convolution with
        10 filters of $3 \times 3$, stride 1 and padding “same”; a flatten layer; a dense layer with 10 neurons. Filters and
        neurons have a bias each. What does each layer give, and how many parameters does it learn?""",
    asks=(
        Network(
            input=(21, 21, 3),
            layers=(
                Conv("convolution", 6, 5, stride=2),
                Pool("max pooling", 3, stride=2),
                Conv("convolution", 10, 3, padding="same"),
                Flatten("flatten"),
                Dense("dense layer", 10),
            ),
            kernels=True,
        ),
    ),
    names={
        r"\text{kernel}": ("convolution 1: kernel", "max pooling: kernel", "convolution 2: kernel"),
        r"\text{Number of trainable parameters}": tuple(
            f"{layer}: parameters" for layer in ("convolution 1", "max pooling", "convolution 2", "flatten", "dense layer")
        ),
        r"\text{Dimension of output neurons}": ("flatten: number of values", "dense layer: outputs"),
    },
    attempts=(
        (
            (r"\left(\frac{21-5}{2}+1\right)\times\left(\frac{21-5}{2}+1\right)\times6", "stated"),
            (r"=9\times9\times6", "ok"),
            (r"(5\times5\times3+1)\times6", "stated"),
            ("=456", "ok"),
        ),
        (
            (r"\left(\frac{9-3}{2}+1\right)\times\left(\frac{9-3}{2}+1\right)\times6", "stated"),
            (r"=4\times4\times6", "ok"),
            (r"\text{Number of trainable parameters}=0", "ok"),
        ),
        (
            (r"\text{kernel}=1\times3\times10", "wrong"),
            (r"\left(\frac{4+2-3}{1}+1\right)\times\left(\frac{4+2-3}{1}+1\right)\times10", "stated"),
            (r"=4\times4\times10", "ok"),
            (r"(3\times3\times6+1)\times10", "stated"),
            ("=550", "ok"),
        ),
        (
            (r"\text{Dimension of output neurons}=160\times1", "ok"),
            (r"\text{Number of trainable parameters}=0", "ok"),
        ),
    ),
    source="Deep Learning Assignment 4, question 3 (003-3a, 003-3b, 003-3c, 003-3d, 003-3e)",
)

convolution_in_letters = Problem(
    title="A convolutional layer in letters",
    statement=r"""A convolutional layer reads a map of $W \times H \times C$. It has $F$ filters of size $K$, that is
        $K \times K \times C$, padding $P$ and stride $S$. How many weights and biases does it have, and what size has its
        output?""",
    given=(r"W, H, C, F, K, P, S \in \mathbb{N}",),
    asks=(LayerFormulas(("W", "H", "C"), Conv("convolution", "F", "K", stride="S", padding="P")),),
    names={r"\#\text{weights}": "weights", r"\#\text{bias}": "biases", "C_{out}": "output channels"},
    attempts=(
        ((r"\#\text{weights}: F\cdot C\cdot K", "wrong"), (r"\#\text{bias}: F", "ok")),
        ((r"W_{out}=(W-K+2P)/S+1", "stated"), (r"H_{out}=(H-K+2P)/S+1", "stated"), ("C_{out}=F", "ok")),
    ),
    source="Deep Learning Assignment 5, question 2 (004-2a)",
)

pooling_in_letters = Problem(
    title="A pooling layer in letters",
    statement=r"""A max-pooling layer with windows of $K \times K$ and stride $S$, without padding, reads a map of
        $W_{in} \times H_{in} \times C_{in}$. What size has its output?""",
    given=(r"W_{in}, H_{in}, C_{in}, K, S \in \mathbb{N}",),
    asks=(LayerFormulas(("W_{in}", "H_{in}", "C_{in}"), Pool("max pooling", "K", stride="S")),),
    attempts=(((r"W_{out}=(W_{in}-K)/S+1", "stated"), (r"H_{out}=(H_{in}-K)/S+1", "stated"), ("C_{out}=C_{in}", "stated")),),
    source="Deep Learning Assignment 5, question 2 (004-2b)",
)

field_of_many_convolutions = Problem(
    title="The receptive field of many convolutions",
    statement=r"""$L$ convolutional layers with filters of size $K$ and stride 1 follow each other. How large is the
        receptive field of a value of the last one?""",
    given=(r"L, K \in \mathbb{N}",),
    asks=(FieldOfMany(Conv("convolution", 1, "K"), "L"),),
    source="Deep Learning Assignment 5, question 2 (004-2c)",
)

field_below_a_pooling_layer = Problem(
    title="What a pooling layer does to the receptive field",
    statement=r"""A max-pooling layer has a window of 2 and stride 2. By how much does the receptive field $\mathrm{RF}$ of
        the layers above grow through it? Why is a smaller map, $14 \times 14$ instead of $28 \times 28$, an advantage for
        the amount of computation?""",
    given=("RF is a number",),
    asks=(
        FieldBelow(Pool("max pooling", 2), "RF"),
        Remark(
            "So everything above sees twice as much of the map below the pooling layer. Counted from the input on, the "
            "pooling layer itself adds only $(2 - 1) j$ to the field and doubles the jump $j$; the layers above it gain."
        ),
        Working(r"\frac{28 \cdot 28}{14 \cdot 14}", "places of the larger map for each one of the smaller"),
        Remark(
            "A convolution is computed at every place of its map: as the output resolution decreases, the number of "
            "multiplications of each following layer decreases by this factor."
        ),
    ),
    source="Deep Learning Assignment 5, question 2 (004-2d)",
)

table_of_a_small_network = Problem(
    title="A table of sizes and parameters",
    statement=r"""A network reads images of $28 \times 28 \times 1$. Its layers are CONV3-10, POOL2, CONV3-10, POOL2, FLATTEN
        and FC-3: CONV3-$F$ has $F$ filters of $3 \times 3$, padding 1 and stride 1, POOL2 has windows of $2 \times 2$ and
        stride 2, FC-$N$ has $N$ neurons; filters and neurons have biases. Fill in the sizes and the numbers of
        parameters.""",
    asks=(
        Network(
            input=(28, 28, 1),
            layers=(
                Conv("CONV3-10", 10, 3, padding=1),
                Pool("POOL2", 2),
                Conv("CONV3-10", 10, 3, padding=1),
                Pool("POOL2", 2),
                Flatten("FLATTEN"),
                Dense("FC-3", 3),
            ),
        ),
    ),
    source="Deep Learning Assignment 5, question 2 (004-2e)",
)
