"""Stated correlations: what is wrong with a matrix, and the factor that turns independent scores into such ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from synodos.schedule.sampling.model import Floats

ROUNDING = 1e-8
"""How far symmetry, the diagonal and eigenvalues may miss: what rounding explains, and no more."""
NAMED = 5
"""Entries of an impossible combination that are named."""


def correlation_faults(matrix: Floats, labels: Sequence[str]) -> tuple[str, ...]:
    """Return what keeps a matrix from being one of correlations, naming the entries; nothing if it is one.

    Parameters
    ----------
    matrix : float array, shape (k, k)
    labels : sequence of str
        Name of each row.

    Returns
    -------
    tuple of str
        One sentence for each entry out of range, each pair that is not symmetric, and, if there are none of those, for
        a combination that no numbers can have, with the entries that weigh most in it.

    Raises
    ------
    ValueError
        If the matrix is not square, or has another number of labels.

    Examples
    --------
    >>> correlation_faults(np.array([[1.0, 1.2], [1.2, 1.0]]), ["bus", "radar"])
    ('bus and radar correlate by 1.2; a correlation lies between -1 and 1.',)
    """
    matrix = np.asarray(matrix, np.float64)
    if matrix.shape != (len(labels), len(labels)):
        message = f"sampling.correlation-shape: {len(labels)} labels need as many rows and columns, not {matrix.shape}"
        raise ValueError(message)
    return tuple(_entries(matrix, labels)) or tuple(_combination(matrix, labels))


def _entries(matrix: Floats, labels: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with single entries."""
    for row, one in enumerate(labels):
        if not abs(matrix[row, row] - 1.0) <= ROUNDING:
            yield f"{one} correlates with itself by {matrix[row, row]:g}; that must be 1."
        for column, other in enumerate(labels[:row]):
            value, mirrored = matrix[row, column], matrix[column, row]
            if not abs(value - mirrored) <= ROUNDING:
                yield f"{other} and {one} correlate by {mirrored:g}, but {one} and {other} by {value:g}; give one."
            elif not abs(value) <= 1.0 + ROUNDING:
                yield f"{other} and {one} correlate by {value:g}; a correlation lies between -1 and 1."


def _combination(matrix: Floats, labels: Sequence[str]) -> Iterator[str]:
    """Yield the impossible combination, if the matrix is not positive semidefinite."""
    if not len(matrix):
        return
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= -ROUNDING * len(matrix):
        return
    weight = np.outer(vectors[:, 0], vectors[:, 0]) * matrix
    rows, columns = np.tril_indices(len(matrix), -1)
    worst = np.argsort(weight[rows, columns], kind="stable")[:NAMED]
    named = ", ".join(f"{labels[columns[i]]} and {labels[rows[i]]} {matrix[rows[i], columns[i]]:g}" for i in worst)
    yield (
        f"no durations can correlate like this together (smallest eigenvalue {values[0]:.3g}); "
        f"most at odds: {named}. Bring these nearer to 0, or to each other."
    )


def factor(matrix: Floats) -> Floats:
    """Return the lower triangle whose product with its transpose is a positive semidefinite matrix.

    A pivot that is no more than rounding gives a column of zeros, so a matrix of full correlation has a factor too.
    """
    lower = np.zeros_like(matrix, np.float64)
    for column in range(len(matrix)):
        left = matrix[column:, column] - lower[column:, :column] @ lower[column, :column]
        if left[0] > ROUNDING:
            lower[column:, column] = left / np.sqrt(left[0])
    return lower
