#!/usr/bin/env python3
# Cohen's kappa by scikit-learn, its large-sample variance by statsmodels, Krippendorff's alpha by NLTK (nominal and interval distances).
import json
import random
import nltk
import numpy
import sklearn
import statsmodels
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

random.seed(20)


def two_raters(items, noise):
    truth = [random.choice([1, 1, 1, 2, 3, 3, 5]) for _ in range(items)]
    rate = lambda t: t if random.random() > noise else random.choice([1, 2, 3, 4, 5])
    return [rate(t) for t in truth], [rate(t) for t in truth]


def kappa_case(items, noise):
    first, second = two_raters(items, noise)
    case = {"first": first, "second": second}
    table = numpy.zeros((5, 5))
    for a, b in zip(first, second):
        table[a - 1, b - 1] += 1
    for weights in (None, "linear", "quadratic"):
        value = cohen_kappa_score(first, second, labels=[1, 2, 3, 4, 5], weights=weights)
        case[weights or "none"] = {"value": value, "variance": cohens_kappa(table, wt=weights).var_kappa}
    return case


def alpha_case(items, raters, missing):
    rows = []
    for _ in range(items):
        truth = random.choice([1, 2, 2, 4, 7])
        rate = lambda: truth if random.random() < 0.7 else random.choice([1, 2, 4, 7])
        rows.append([None if random.random() < missing else rate() for _ in range(raters)])
    data = [(r, i, v) for i, row in enumerate(rows) for r, v in enumerate(row) if v is not None]
    of = lambda distance: AnnotationTask(data=data, distance=distance).alpha()
    return {"raters": raters, "rows": rows, "nominal": of(binary_distance),
            "interval": of(lambda a, b: float(a - b) ** 2)}


document = {
    "program": "scikit-learn cohen_kappa_score, statsmodels cohens_kappa, NLTK AnnotationTask.alpha",
    "version": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}, NLTK {nltk.__version__}",
    "kappa": [kappa_case(40, 0.3), kappa_case(300, 0.6), kappa_case(25, 0.95)],
    "alpha": [alpha_case(20, 3, 0.0), alpha_case(60, 5, 0.4)],
}
with open("agreement_python.json", "w") as out:
    json.dump(document, out)
    out.write("\n")
