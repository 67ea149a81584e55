"""One fine-tuning from the lines to the report: measure, learn, measure again on the way, keep the best."""

import time
from collections.abc import Callable
from dataclasses import asdict, replace

import torch

from autocomplete.finetuning.checkpoint import CHECKPOINT, Best, pack, read, read_best, write_best
from autocomplete.finetuning.clock import Clock
from autocomplete.finetuning.commands import Commands, ParentGone, StopTuning
from autocomplete.finetuning.events import Done, End, Evaluated, Event, Progress, Stage, Stopped
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.material import Material
from autocomplete.finetuning.measuring import Measured, examples, gain, measure, new_words, with_weights
from autocomplete.finetuning.process import largest_memory
from autocomplete.finetuning.report import Point, Report, judge
from autocomplete.model.export import export

_SAVE_EVERY = 30.0  # seconds
_TELL_EVERY = 0.5
_BLENDS = (0.5, 0.75, 1.0)  # of the farthest that the language allows
# Without a sample nothing shows what is forgotten: no farther than where a careful rate forgot too little to matter.
_FARTHEST_UNSEEN = 0.4


class Run:
    """`run` does the job; `tell` hears how it goes."""

    def __init__(self, job: Job, commands: Commands, tell: Callable[[Event], None]) -> None:
        self._job, self._options, self._commands, self._tell = job, job.options, commands, tell
        self._clock = Clock(commands, job.options)
        self._told = self._saved = 0.0
        self._done = 0.0
        self._step = 0
        self._loss: float | None = None
        self._curve: list[Point] = []
        self._best: tuple[Point, Measured] | None = None
        self._material: Material | None = None

    def run(self) -> End:
        """Raises autocomplete.Error where the text or a file can't be used; ParentGone, a checkpoint left behind, when
        nobody is there any more."""
        try:
            torch.set_num_threads(1)  # an LSTM's steps are too short to share, and someone else works here
            self._material = Material.of(self._job, self._check)
            self._aside = [line.text for line in self._material.split.aside]
            self._fingerprint = self._job.fingerprint
            self._tell(Stage("measuring"))
            self._measure_before(self._material)
            self._resume(self._material)
            self._learn(self._material)
            return Done(self._report(self._material))
        except StopTuning as stop:
            return self._stopped(stop.keep)
        except ParentGone:
            if self._material and self._step:
                self._save(self._material)
            raise

    def _measure_before(self, material: Material) -> None:
        began = self._clock.seconds
        self._before = measure(replace(material.language, personal=None), self._aside, self._check)
        self._with_words = measure(material.language, self._aside, self._check)
        self._base_before = material.base.bpc(material.learner.base, self._check) if material.base else None
        self._clock.evaluating = self._clock.seconds - began  # an evaluation does this, and tries some blends

    def _learn(self, material: Material) -> None:
        per_epoch, evaluations = material.updates.per_epoch, self._options.evaluations
        self._tell(Stage("learning"))
        self._saved = self._clock.seconds
        evaluated = self._curve[-1].epochs * per_epoch / self._total(material) if self._curve else 0.0
        while True:
            share = self._clock.share(self._step / self._total(material))
            if share >= 1 or int(share * evaluations) > int(evaluated * evaluations):
                if evaluated < 1:
                    self._evaluate(material)
                    self._save(material)
                    evaluated = share
                if share >= 1:
                    return
                self._tell(Stage("learning"))
            began = self._clock.seconds
            loss = material.learner.update(material.updates[self._step], self._step, share, self._check)
            self._step += 1
            self._loss = loss if self._loss is None else 0.9 * self._loss + 0.1 * loss
            self._clock.learning += self._clock.seconds - began
            if self._clock.seconds - self._saved > _SAVE_EVERY:
                self._save(material)

    def _evaluate(self, material: Material) -> None:
        """Go back towards the base as far as the language asks for, and farther if the person's text gains by it."""
        self._tell(Stage("trying"))
        began = self._clock.seconds
        farthest, forgetful = self._farthest(material)
        tried = {}
        for part in _BLENDS:
            alpha = part * farthest
            tried[alpha] = material.own.bpc(material.learner.blended(alpha), self._check)
        alpha = min(tried, key=tried.__getitem__)
        model = material.learner.blended(alpha)
        base = forgetful
        if material.base and alpha < farthest:
            base = material.base.bpc(model, self._check)
        index = material.language.index
        files = export(model, index.starting.ids, index.continuing.ids)
        self._check()
        measured = measure(with_weights(material.language, files), self._aside, self._check)
        epochs = self._step / material.updates.per_epoch
        point = Point(epochs, alpha, tried[alpha], measured.summary().ksr, base)
        if self._best is None or point.bpc < self._best[0].bpc:
            write_best(self._job.scratch, self._fingerprint, Best(point, files))
            self._best = point, measured
        self._curve.append(point)
        self._clock.evaluating = self._clock.seconds - began
        self._tell(Evaluated(point))

    def _farthest(self, material: Material) -> tuple[float, float | None]:
        """How far from the base (0) to the fine-tuned weights (1) the language is forgotten no more than allowed.

        And its bits per character there.
        """
        if material.base is None or self._base_before is None:
            return _FARTHEST_UNSEEN, None
        alpha, allowed = 1.0, self._options.forgetting
        while True:
            bpc = material.base.bpc(material.learner.blended(alpha), self._check)
            forgotten = bpc / self._base_before - 1
            if forgotten <= allowed or alpha < 0.01:
                return alpha, bpc
            # What is forgotten grows about as the square of the way.
            alpha *= min(0.98, (0.97 * allowed / forgotten) ** 0.5)

    def _stopped(self, keep: bool) -> End:
        if keep and self._best and self._material:
            report = self._report(self._material)
            if report.helped:
                return Done(report)
            reason = f"Stopped; nothing was changed. So far: {report.reason}"
        else:
            reason = "Stopped; nothing was changed."
        self._job.scratch.clear()
        return Stopped(reason)

    def _report(self, material: Material) -> Report:
        assert self._best is not None
        point, measured = self._best
        part, error = gain(self._with_words, measured)
        helped, reason = judge(part, error, self._base_before, point.base_bpc)
        return Report(
            words=material.split.words,
            words_aside=material.split.words_aside,
            before=self._before.summary(),
            with_words=self._with_words.summary(),
            after=measured.summary(),
            base_before=self._base_before,
            base_after=point.base_bpc,
            alpha=point.alpha,
            epochs=point.epochs,
            curve=tuple(self._curve),
            examples=examples(self._aside, self._before, measured),
            new_words=new_words(measured, material.language.ngram),
            gain=part,
            error=error,
            seconds=self._clock.seconds,
            memory=largest_memory(),
            helped=helped,
            reason=reason,
        )

    def _check(self) -> None:
        """Called between small parts of the work: obeys, and tells how far it is."""
        self._commands.check()
        now = time.monotonic()
        if now - self._told < _TELL_EVERY:
            return
        self._told = now
        share = self._clock.share(self._step / self._total(self._material)) if self._material else 0.0
        left = self._clock.left(share, len(self._curve))
        if left is not None:
            spent = self._clock.seconds
            self._done = max(self._done, spent / (spent + left))  # an estimate; the bar never goes back
        self._tell(Progress(self._done, left, self._loss))

    def _total(self, material: Material) -> int:
        return max(material.updates.per_epoch * self._options.epochs, self._options.updates)

    def _save(self, material: Material) -> None:
        note = {
            "fingerprint": self._fingerprint,
            "lines": len(self._job.lines),
            "step": self._step,
            "seconds": self._clock.seconds,
            "learning": self._clock.learning,
            "curve": [asdict(point) for point in self._curve],
        }
        self._job.scratch.write(CHECKPOINT, pack(note, material.learner.state()))
        self._saved = self._clock.seconds

    def _resume(self, material: Material) -> None:
        """Go on from the checkpoint of the same work; whatever else is there is cleared away."""
        scratch = self._job.scratch
        found = read(scratch, CHECKPOINT, self._fingerprint)
        best = read_best(scratch, self._fingerprint) if found else None
        if found is None:
            scratch.clear()
            return
        note, state = found
        material.learner.resume(state)
        self._step = note["step"]
        self._curve = [Point(**point) for point in note["curve"]] if best else []
        self._clock.resume(note["seconds"], note["learning"])
        if best:
            measured = measure(with_weights(material.language, best.files), self._aside, self._check)
            self._best = best.point, measured
