"""Wrong ideas about gradient descent that the answers of lessons reveal: a closed table."""

from __future__ import annotations

from dataclasses import dataclass

from model.door import mark


@dataclass(frozen=True)
class Misconception:
    """One row: the idea as who holds it would say it.

    ``documented`` says that a learner or a text was found that says it; the others are known
    from teaching.
    """

    idea: str
    documented: bool = False


MISCONCEPTIONS: dict[str, Misconception] = {
    "split-evenly": Misconception(mark("delta is split evenly among the inputs"), True),
    "same-for-all": Misconception(mark("every weight gets the same amount added"), True),
    "own-prediction-per-input": Misconception(mark("each input has a prediction of its own"), True),
    "input-is-convention": Misconception(
        mark("that delta is multiplied by the input is a mere convention"), True
    ),
    "slope-without-input": Misconception(
        mark("the slope of the error is pred − target, without the input"), True
    ),
    "missing-two": Misconception(
        mark("the 2 that is missing is an error, and with it learning is faster"), True
    ),
    "circles-round-the-floor": Misconception(
        mark("too large an alpha circles around the floor and cannot run away"), True
    ),
    "range-is-step-count": Misconception(
        mark("inputs of a large range make learning slow, and nothing else"), True
    ),
    "large-weight-important": Misconception(
        mark("a large weight belongs to an important input"), True
    ),
    "freezing-shows-importance": Misconception(
        mark("freezing shows which input matters most"), True
    ),
    "frozen-disturbs-others": Misconception(
        mark("a frozen weight disturbs or stops the learning of the others"), True
    ),
    "frozen-means-no-slope": Misconception(mark("a frozen weight has no slope"), True),
    "order-ignored": Misconception(
        mark("outer(input, delta) and outer(delta, input) are the same"), True
    ),
    "one-delta-for-all": Misconception(mark("one delta for all outputs is enough"), True),
    "input-times-weight": Misconception(mark("weight_delta is input × weight"), True),
    "sign-slip": Misconception(
        mark("alpha × weight_delta is subtracted without its own sign"), True
    ),
    "one-output-is-enough": Misconception(
        mark("one output should give the digit; ten are too many"), True
    ),
    "picture-of-an-example": Misconception(
        mark("the picture of the weights is one of the training images"), True
    ),
    "zero-cannot-learn": Misconception(mark("a weight of 0 has no slope and cannot learn"), True),
    "stopped-for-good": Misconception(
        mark("once its weight_delta was 0, a weight never moves again"), True
    ),
    "map-distances-mean": Misconception(
        mark("sizes of clusters and distances between them in a t-SNE map mean something"), True
    ),
    "stores-its-data": Misconception(mark("the network stores what it was trained on"), True),
    "learns-while-used": Misconception(mark("the network goes on learning while it is used"), True),
    "pixels-know-neighbours": Misconception(
        mark("the network knows which pixels lie next to each other"), True
    ),
    "limit-is-fixed": Misconception(mark("the limit of alpha belongs to the data")),
    "s-over-all-inputs": Misconception(mark("s is taken over all inputs, frozen or not")),
    "sign-flips-always": Misconception(mark("the sign of delta turns at every step")),
    "bowl-belongs-to-its-weight": Misconception(
        mark("a bowl belongs to its weight and stands still")
    ),
    "lost-ground-is-regained": Misconception(mark("a weight that is set free catches up")),
    "no-delta-no-danger": Misconception(mark("where there is no error, there is no danger")),
    "equal-amounts": Misconception(mark("the error falls by equal amounts at each step")),
    "falling-proves-it": Misconception(mark("a falling error proves that the code is right")),
    "guarantee-is-threshold": Misconception(
        mark("the limit of alpha is a threshold for a stream of examples, too")
    ),
    "good-for-all": Misconception(
        mark("a step that is good for its example is good for all of them")
    ),
    "outputs-cross-talk": Misconception(
        mark("the weights of one output have a say in the delta of another")
    ),
    "percentage-of-likeness": Misconception(
        mark("a dot product is a percentage of likeness, and a vector is most like itself")
    ),
    "zero-means-zero-vector": Misconception(
        mark("where a dot product is 0, one of the two vectors is 0")
    ),
    "predict-changes-weights": Misconception(mark("predict changes the weights")),
    "alpha-forgotten": Misconception(mark("delta shrinks by s, and not by alpha × s")),
    "share-of-delta-is-share-of-error": Misconception(
        mark("what a step leaves of delta, it leaves of the error")
    ),
    "overshoot-is-divergence": Misconception(mark("a step that goes past the floor runs away")),
    "larger-alpha-is-faster": Misconception(mark("the larger alpha, the faster the error falls")),
}
