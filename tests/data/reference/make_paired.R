# Reference values of paired.h and multiple.h (15 digits, the most that jsonlite writes).
#   Rscript make_paired.R > paired.json
#   McNemar      binom.test; mid-p by sums of dbinom
#   sign flips   all patterns of signs enumerated here, and exactRankTests::perm.test(paired)
#   adjusted p   p.adjust; max-t by enumeration
#   errors       sandwich::vcovCL (HC0, no adjustment of its own) times G / (G - T)
#   TOST         t.test against the margin where each cluster is one item, pt else
suppressMessages({library(jsonlite); library(sandwich); library(exactRankTests)})
set.seed(20251021)

mcnemar_case <- function(b, c) {
  n <- b + c; low <- min(b, c)
  exact <- if (n == 0) 1 else binom.test(b, n)$p.value
  mid <- if (b == c) 1 else 2 * sum(dbinom(0:low, n, 0.5)) - dbinom(low, n, 0.5)
  list(only_a = b, only_b = c, exact = exact, mid_p = mid)
}
mcnemar <- Map(mcnemar_case, c(0, 0, 0, 1, 1, 3, 10, 12, 25, 200, 431, 5),
                             c(0, 1, 6, 1, 7, 9, 21, 13,  9, 251, 360, 5))

# Every row a pattern of signs.
patterns <- function(k) as.matrix(expand.grid(rep(list(c(-1, 1)), k)))
flip_p <- function(sums) {
  far <- abs(patterns(length(sums)) %*% sums)
  mean(far >= abs(sum(sums)) - 1e-9 * sum(abs(sums)))
}

flip_case <- function(values, clusters) {
  sums <- as.vector(tapply(values, clusters, sum))
  list(values = values, clusters = as.character(clusters), p = flip_p(sums))
}
flips <- list(
  flip_case(c(1, -1, 1, 1, 0, 1, 1, 1, -1, 1), 1:10),
  flip_case(c(1, -1, 1, 1, 0, 1, 1, 1, -1, 1), c(1, 1, 2, 2, 3, 3, 4, 4, 5, 5)),
  flip_case(round(rnorm(12, 0.4), 3), 1:12),
  flip_case(round(rnorm(16, 0.5), 4), 1:16),
  flip_case(round(rnorm(18, 0.3), 4), rep(1:9, each = 2)),
  flip_case(sample(c(-2, -1, 0, 1, 2, 3), 15, TRUE) / 3, 1:15),
  flip_case(c(0.5, 0.5, 0.5), c(1, 2, 3)),
  flip_case(c(0.25, -0.25), c(1, 2)))
# perm.test with paired = TRUE flips signs of whole numbers, by the shift algorithm.
whole <- sample(-6:9, 60, TRUE)
large <- list(values = whole, p = perm.test(whole, rep(0, 60), paired = TRUE, exact = TRUE)$p.value)

adjust_case <- function(p) list(p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))
adjusted <- list(
  adjust_case(c(0.01, 0.04, 0.03)),
  adjust_case(c(0.9, 0.8)),
  adjust_case(c(0.05)),
  adjust_case(c(0.001, 0.001, 0.2, 1, 0, 0.0499, 0.05, 0.6)),
  adjust_case(signif(runif(20)^3, 6)))

max_t <- (function() {
  x <- matrix(round(rnorm(30, 0.5), 4), nrow = 10)  # a column a comparison
  statistic <- function(s) abs(as.vector(s %*% x)) / sqrt(colSums(x^2))
  seen <- statistic(rep(1, 10))
  most <- apply(patterns(10), 1, function(s) max(statistic(s)))
  list(comparisons = lapply(1:3, function(i) x[, i]),
       adjusted = sapply(seen, function(t) mean(most >= t - 1e-9)))
})()

estimate_case <- function(values, clusters, tasks, margin) {
  G <- length(unique(clusters)); T <- length(unique(tasks))
  fit <- if (T == 1) lm(values ~ 1) else lm(values ~ 0 + factor(tasks))
  V <- vcovCL(fit, cluster = clusters, type = "HC0", cadjust = FALSE)
  w <- rep(1 / T, T)
  d <- sum(w * coef(fit)); se <- sqrt(as.numeric(t(w) %*% V %*% w) * G / (G - T))
  lower <- pt((d + margin) / se, G - T, lower.tail = FALSE)
  upper <- pt((d - margin) / se, G - T)
  if (T == 1 && G == length(values)) {
    stopifnot(abs(lower - t.test(values, mu = -margin, alternative = "greater")$p.value) < 1e-12)
    stopifnot(abs(upper - t.test(values, mu = margin, alternative = "less")$p.value) < 1e-12)
  }
  q <- qt(0.975, G - T)
  list(values = values, clusters = as.character(clusters), tasks = as.character(tasks), margin = margin,
       difference = d, error = se, degrees = G - T, low = d - q * se, high = d + q * se,
       p_not_worse = lower, p_not_better = upper, p = max(lower, upper))
}
estimates <- list(
  estimate_case(round(rnorm(20, 0.02, 0.1), 4), 1:20, rep("t", 20), 0.1),
  estimate_case(sample(c(-1, 0, 0, 0, 1), 40, TRUE), rep(1:10, 4), rep("t", 40), 0.2),
  estimate_case(round(rnorm(25, 0, 0.3), 4), c(rep(1, 9), rep(2, 4), 3:14), rep("t", 25), 0.05),
  estimate_case(round(rnorm(48, 0.1, 0.3), 4), rep(1:12, 4), rep(c("x", "y", "z", "y"), 12), 0.15),
  estimate_case(round(rnorm(30, 0.1, 0.3), 4), 1:30, rep(c("x", "y", "y"), 10), 0.15))

cat(toJSON(list(program = "R: stats, sandwich, exactRankTests",
                version = paste(getRversion(), packageVersion("sandwich"), packageVersion("exactRankTests")),
                mcnemar = mcnemar, flips = flips, large = large, adjusted = adjusted, max_t = max_t,
                estimates = estimates),
           auto_unbox = TRUE, digits = I(17), pretty = FALSE), "\n", sep = "")
