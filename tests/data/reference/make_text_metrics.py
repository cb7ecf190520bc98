#!/usr/bin/env python3
"""BLEU and chrF by sacreBLEU, ROUGE-L by rouge-score: writes text_metrics.json beside this file."""

import json
import pathlib
import random

import rouge_score
import sacrebleu
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu import BLEU, CHRF

draw = random.Random(20260903)
WORDS = """Paris Berlin France Germany capital_of of the a borders , . ; is located in 1,000.5 3.14 10-year
re-elected U.S. "quoted" (city) co-founder don't Zürich Łódź 東京 北京市 🙂 👩‍👩‍👧 naïve İstanbul \u212a ½ A&B &amp; 50% $5
x=y a/b [1] C# e.g. ... -- - 1. .5 5- St. Peter Port\u00a0X \u3000 \u2028 \x1f""".split(" ")

HARD = [  # text, references
    ("", ["a reference"]), ("a text", [""]), ("", [""]), ("   ", ["x"]), ("x", ["x"]), ("x", ["y"]),
    ("the cat", ["the cat"]), ("the cat sat", ["the cat sat down"]), ("the the the the the the the", ["the cat is on the mat"]),
    ("It costs 1,000.5 dollars, not 1,000 .", ["It costs 1,000.5 dollars , not 1000."]),
    ("Paris is the capital of France.", ["Paris is the capital of France"]),
    ("東京は日本の首都です。", ["東京は日本国の首都である。"]), ("🙂🙂 👍", ["🙂 👍👍"]), ("👩‍👩‍👧 family", ["👩‍👩‍👧‍👦 family"]),
    ("Zürich liegt an der Limmat", ["Zurich liegt an der Limmat"]), ("ZÜRICH", ["zürich"]), ("é", ["e\u0301"]),
    ("-\n", ["-"]), ("re-\nelected twice", ["reelected twice"]), ("a\nb", ["a b"]), ("&amp;lt; &quot;x&quot; &gt;", ['< "x" >']),
    ("<skipped> nothing here at all", ["nothing here at all"]), ("a..b,,c 1..2 1,,2 .5 5. 5, ,5", ["a . . b , , c 1 . . 2"]),
    ("1-2 a-b 3-c d-4 5--6", ["1 -2 a-b 3 -c d-4 5 --6"]), ("\u212aelvin İx ſ ß", ["kelvin i x s ss"]),
    ("word\u00a0word\u2003word\u3000word\x1cword\x85word", ["word word word word word word"]),
    ("\ufeffthe cat", ["the cat"]), ("zero\u200bwidth joins", ["zero width joins"]), ("{x} [y] `z` ~ ^ _ | \\ @ # $ % * + = ? ! ' \"", ["x y z ' \""]),
    ("the cat sat on the mat", ["the cat sat on mat", "a cat sat on the mat", "the cat"]),
    ("one two three", ["one two three four", "one two"]), ("one two three", ["one two", "one two three four"]),
    ("ab", ["xy", "ab", "ba"]), ("a b a b a b", ["a b", "b a b a", "a a a"]), ("nothing matches", ["", "other words"]),
    ("abcdefg", ["abc", "abcdefgh"]), ("a b c d e f g h", ["h g f e d c b a"]), ("It's 5 o'clock; isn't it?", ["It is 5 o'clock, isn't it?"]),
]


def random_text(n):
    return " ".join(draw.choice(WORDS) for _ in range(n))


def changed(text):
    words = [w for w in text.split(" ") if draw.random() > 0.15]
    return " ".join(draw.choice(WORDS) if draw.random() < 0.2 else w for w in words)


pairs = list(HARD)
for length in [1, 2, 3, 4, 5, 8, 15, 30, 60] * 3:
    reference = random_text(length)
    references = [reference] + [changed(reference) for _ in range(draw.randrange(3))]
    pairs.append((changed(reference), references))

rouge = RougeScorer(["rougeL"], use_stemmer=False)
sentence_bleu, corpus_bleu, chrf = BLEU(effective_order=True), BLEU(), CHRF()


def scores(text, references):
    one = rouge.score(references[0], text)["rougeL"]
    return {"text": text, "references": references,
            "tokens_13a": corpus_bleu.tokenizer(text.rstrip()).split(" ") if text.strip() else [],
            "bleu": sentence_bleu.sentence_score(text, references).score,
            "bleu_all_orders": corpus_bleu.sentence_score(text, references).score,
            "chrf": chrf.sentence_score(text, references).score,
            "rouge_l": [one.precision, one.recall, one.fmeasure]}


def corpus(part):
    """Only the first reference of each, and all of those that have several."""
    texts, firsts = [p[0] for p in part], [p[1][0] for p in part]
    most = max(len(p[1]) for p in part)
    streams = [[p[1][i] if i < len(p[1]) else None for p in part] for i in range(most)]
    return {"begin": pairs.index(part[0]), "end": pairs.index(part[0]) + len(part),
            "bleu": corpus_bleu.corpus_score(texts, [firsts]).score, "chrf": chrf.corpus_score(texts, [firsts]).score,
            "bleu_all_references": corpus_bleu.corpus_score(texts, streams).score,
            "chrf_all_references": chrf.corpus_score(texts, streams).score}


document = {"program": "Python sacrebleu (BLEU, CHRF; defaults) and rouge_score (rougeL, no stemmer)",
            "version": f"sacreBLEU {sacrebleu.__version__}; rouge-score {rouge_score.__version__}",
            "pairs": [scores(*p) for p in pairs],
            "corpora": [corpus(pairs), corpus(pairs[len(HARD):]), corpus(pairs[4:8]), corpus(pairs[len(HARD):len(HARD) + 3])]}
path = pathlib.Path(__file__).with_name("text_metrics.json")
path.write_text(json.dumps(document) + "\n", encoding="utf-8")
