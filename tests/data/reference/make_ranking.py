#!/usr/bin/env python3
"""Ranks by SciPy, nDCG and reciprocal ranks by scikit-learn: writes ranking.json beside this file."""

import json
import pathlib

import numpy
import scipy
import sklearn
from scipy.stats import rankdata
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

draw = numpy.random.default_rng(20260901)


def query(scores, gold, relevance):
    """rankdata ranks upwards, so that the scores are negated; its ties are ours: min, max, average."""
    binary = numpy.zeros(len(scores))
    binary[gold] = 1
    ranks = {rule: float(rankdata(-scores, method)[gold])
             for rule, method in (("optimistic", "min"), ("pessimistic", "max"), ("realistic", "average"))}
    ndcg = {str(k): ndcg_score([relevance], [scores], k=k) for k in (1, 3, 10)}
    ndcg["0"] = ndcg_score([relevance], [scores])
    return {
        "scores": scores.tolist(), "gold": int(gold), "relevance": relevance.tolist(), "ranks": ranks,
        # Of one relevant candidate it is 1 / pessimistic rank.
        "average_precision": label_ranking_average_precision_score([binary], [scores]),
        "ndcg": ndcg, "ndcg_binary": ndcg_score([binary], [scores]),
        "ndcg_exponential": ndcg_score([2 ** relevance - 1], [scores], k=5),
    }


queries = []
for n in (2, 3, 5, 20, 300, 1000):
    for levels in (2, 4, 10 ** 6):  # few levels: many ties
        scores = draw.integers(-levels, levels, n) / 8
        relevance = draw.integers(0, 4, n).astype(float)
        relevance[0] = 3  # never all 0
        queries.append(query(scores, draw.integers(n), relevance))

document = {"program": "Python scipy.stats.rankdata; scikit-learn ndcg_score",
            "version": f"SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
            "queries": queries}
path = pathlib.Path(__file__).with_name("ranking.json")
path.write_text(json.dumps(document) + "\n", encoding="utf-8")
