"""Cross-entropy over a large vocabulary, estimated from a few shared negatives."""

import torch
from torch import Tensor, nn


class SampledSoftmax:
    """Draws negatives from the unigram distribution to the power 0.75 and corrects for having drawn them.

    With S negatives n ~ q, the normalizer is estimated as Z ≈ exp(s_target) + Σ exp(s_n) / (S q_n),
    a negative that equals the target left out (Bengio & Senécal 2003; Jean et al. 2015). The loss
    then estimates the true cross-entropy at a fraction of its cost on a processor. With `samples` = 0
    the softmax is full.
    """

    def __init__(self, counts: Tensor, samples: int, seed: int) -> None:
        """`counts`: how often each piece (V,) occurs."""
        self._q = (counts + 1).double().pow(0.75)
        self._q /= self._q.sum()
        self._samples = samples
        self._seed = seed

    def __call__(
        self,
        projected: Tensor,
        targets: Tensor,
        weight: Tensor,
        bias: Tensor,
        step: int,
        compute: torch.dtype = torch.float32,
    ) -> Tensor:
        """Mean loss in nats of `losses`."""
        return self.losses(projected, targets, weight, bias, step, compute).mean()

    def losses(
        self,
        projected: Tensor,
        targets: Tensor,
        weight: Tensor,
        bias: Tensor,
        step: int,
        compute: torch.dtype = torch.float32,
    ) -> Tensor:
        """The loss (N,) of each target in nats. projected (N, E), targets (N,), weight (V, E), bias (V,).

        The same `step` draws the same negatives, on every process. compute: dtype of the large product; the sums
        and the targets' own scores are in float32.
        """
        if not self._samples:
            logits = _product(projected, weight, compute) + bias
            return nn.functional.cross_entropy(logits, targets, reduction="none")
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + step)
        negatives = torch.multinomial(self._q, self._samples, replacement=True, generator=generator)
        correction = (self._q[negatives] * self._samples).log().float().to(projected.device)
        negatives = negatives.to(projected.device)
        target_scores = (projected * weight[targets]).sum(1) + bias[targets]
        scores = _product(projected, weight[negatives], compute) + (bias[negatives] - correction)
        scores = scores.masked_fill(negatives[None, :] == targets[:, None], -torch.inf)
        normalizer = torch.logaddexp(scores.logsumexp(1), target_scores)
        return normalizer - target_scores


def _product(projected: Tensor, weight: Tensor, compute: torch.dtype) -> Tensor:
    return (projected.to(compute) @ weight.to(compute).t()).float()
