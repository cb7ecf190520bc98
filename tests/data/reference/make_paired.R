# Reference values of paired.h and multiple.h (15 digits, the most that jsonlite writes).
#   Rscript make_paired.R > paired.json
#   McNemar      binom.test; mid-p by sums of dbinom
#   sign flips   all patterns of signs enumerated here, and exactRankTests::perm.test(paired)
#   adjusted p   p.adjust; max-t by enumeration
#   errors       one task: sandwich::vcovCL (HC0, no adjustment of its own) times G / (G - 1);
#                several: the jackknife within strata of equal task sets, by its formula, and t.test (Welch)
#                where each cluster is one item and there are two tasks
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

average_of <- function(values, tasks, weights) mean(tapply(seq_along(values), tasks, function(i)
  sum(weights[i] * values[i]) / sum(weights[i])))

# Error and degrees; the others of a stratum count for n / (n - 1) where one is left out.
stratified <- function(values, clusters, tasks) {
  sets <- tapply(as.character(tasks), clusters, function(t) paste(sort(unique(t)), collapse = " "))
  parts <- sapply(split(names(sets), sets), function(members) {
    n <- length(members); stopifnot(n > 1)
    left <- sapply(members, function(out) average_of(values, tasks,
      ifelse(clusters == out, 0, ifelse(clusters %in% members, n / (n - 1), 1))))
    c((n - 1) / n * sum((left - mean(left))^2), n - 1)
  })
  list(error = sqrt(sum(parts[1, ])), degrees = sum(parts[1, ])^2 / sum(parts[1, ]^2 / parts[2, ]))
}

robust <- function(values, clusters) {
  G <- length(unique(clusters))
  V <- vcovCL(lm(values ~ 1), cluster = clusters, type = "HC0", cadjust = FALSE)
  list(error = sqrt(as.numeric(V) * G / (G - 1)), degrees = G - 1)
}

estimate_case <- function(values, clusters, tasks, margin) {
  G <- length(unique(clusters)); T <- length(unique(tasks))
  d <- average_of(values, tasks, rep(1, length(values)))
  found <- if (T == 1) robust(values, clusters) else stratified(values, clusters, tasks)
  se <- found$error; df <- found$degrees
  lower <- pt((d + margin) / se, df, lower.tail = FALSE)
  upper <- pt((d - margin) / se, df)
  if (T == 1 && G == length(values)) {
    stopifnot(abs(lower - t.test(values, mu = -margin, alternative = "greater")$p.value) < 1e-12)
    stopifnot(abs(upper - t.test(values, mu = margin, alternative = "less")$p.value) < 1e-12)
  }
  if (T == 2 && G == length(values)) {
    first <- tasks == tasks[1]
    welch <- t.test(values[first], -values[!first], mu = -2 * margin, alternative = "greater")
    stopifnot(abs(lower - welch$p.value) < 1e-12, abs(df - welch$parameter) < 1e-9)
  }
  q <- qt(0.975, df)
  list(values = values, clusters = as.character(clusters), tasks = as.character(tasks), margin = margin,
       difference = d, error = se, degrees = df, low = d - q * se, high = d + q * se,
       p_not_worse = lower, p_not_better = upper, p = max(lower, upper))
}
estimates <- list(
  estimate_case(round(rnorm(20, 0.02, 0.1), 4), 1:20, rep("t", 20), 0.1),
  estimate_case(sample(c(-1, 0, 0, 0, 1), 40, TRUE), rep(1:10, 4), rep("t", 40), 0.2),
  estimate_case(round(rnorm(25, 0, 0.3), 4), c(rep(1, 9), rep(2, 4), 3:14), rep("t", 25), 0.05),
  estimate_case(round(rnorm(60, 0.1, 0.3), 4), c(rep(1:20, 2), 1:10, 1:10), rep(c("x", "y", "y", "z"), 15), 0.15),
  estimate_case(round(rnorm(30, 0.1, 0.3), 4), 1:30, rep(c("x", "y", "y"), 10), 0.15),
  # A small task beside a large one; then clusters of both tasks, and of each.
  estimate_case(round(rnorm(45, 0.1, 0.3), 4), 1:45, rep(c("x", "y"), c(5, 40)), 0.3),
  estimate_case(round(rnorm(54, 0.1, 0.3), 4), c(rep(1:9, 3), 10:24, rep(25:30, 2)),
                c(rep(c("x", "y", "x"), each = 9), rep("x", 15), rep("y", 12)), 0.15))

cat(toJSON(list(program = "R: stats, sandwich, exactRankTests",
                version = paste(getRversion(), packageVersion("sandwich"), packageVersion("exactRankTests")),
                mcnemar = mcnemar, flips = flips, large = large, adjusted = adjusted, max_t = max_t,
                estimates = estimates),
           auto_unbox = TRUE, digits = I(17), pretty = FALSE), "\n", sep = "")
