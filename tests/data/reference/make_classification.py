#!/usr/bin/env python3
"""Scores of classifications and detections by scikit-learn: writes classification.json beside this file."""

import json
import pathlib

import numpy
import sklearn
from sklearn import metrics

draw = numpy.random.default_rng(20260902)


def case(n, n_labels, noise):
    """Label 0 is the negative one, in half of the items; predictions are the gold but for `noise`."""
    gold = numpy.where(draw.random(n) < 0.5, 0, draw.integers(0, n_labels, n))
    predicted = numpy.where(draw.random(n) < noise, draw.integers(0, n_labels, n), gold)
    labels = list(range(n_labels))
    positive = labels[1:]
    seen = sorted((set(gold) | set(predicted)) - {0})
    of_class = metrics.precision_recall_fscore_support(gold, predicted, labels=labels, zero_division=0)
    micro = metrics.precision_recall_fscore_support(gold, predicted, labels=positive, average="micro", zero_division=0)

    def macro(classes):
        return metrics.f1_score(gold, predicted, labels=classes, average="macro", zero_division=0)

    return {
        "n_labels": n_labels, "gold": gold.tolist(), "predicted": predicted.tolist(),
        "accuracy": metrics.accuracy_score(gold, predicted),
        "confusion": metrics.confusion_matrix(gold, predicted, labels=labels).tolist(),
        "precision": of_class[0].tolist(), "recall": of_class[1].tolist(), "f1": of_class[2].tolist(),
        "support": of_class[3].tolist(), "micro": list(micro[:3]),
        "macro_seen": macro([int(c) for c in seen]), "macro_gold": macro([int(c) for c in sorted(set(gold) - {0})]),
        "macro_all": macro(positive),
        "macro_with_negative": metrics.f1_score(gold, predicted, average="macro", zero_division=0),
    }


def detection(n, share, hit, false_alarm):
    gold = draw.random(n) < share
    predicted = draw.random(n) < numpy.where(gold, hit, false_alarm)
    return {"gold": gold.astype(int).tolist(), "predicted": predicted.astype(int).tolist(),
            "balanced_accuracy": metrics.balanced_accuracy_score(gold, predicted),
            "matthews": metrics.matthews_corrcoef(gold, predicted),
            "sensitivity": metrics.recall_score(gold, predicted),
            "specificity": metrics.recall_score(gold, predicted, pos_label=0)}


document = {"program": "Python sklearn.metrics", "version": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
            "cases": [case(n, n_labels, noise) for n, n_labels, noise in
                      ((12, 8, 0.5), (30, 21, 0.3), (60, 4, 0.9), (400, 21, 0.2), (400, 21, 0.8), (40, 2, 0.4))],
            "detections": [detection(200, share, hit, alarm) for share, hit, alarm in
                           ((0.5, 0.8, 0.1), (0.1, 0.6, 0.3), (0.9, 0.5, 0.5), (0.5, 0.2, 0.7))]}
path = pathlib.Path(__file__).with_name("classification.json")
path.write_text(json.dumps(document) + "\n", encoding="utf-8")
