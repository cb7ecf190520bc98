# Reference values of intervals: Rscript make_intervals.R > intervals.json
# Needs the packages boot, sandwich and jsonlite.
suppressMessages({library(boot); library(sandwich); library(jsonlite)})

# Proportions: the score interval without continuity correction, and the exact one.
points <- list(c(0, 20), c(1, 20), c(3, 20), c(10, 20), c(20, 20), c(1, 1), c(0, 1), c(47, 50),
               c(81, 263), c(400, 800), c(799, 800), c(1234, 64000))
proportions <- do.call(rbind, lapply(points, function(p) {
  do.call(rbind, lapply(c(0.9, 0.95, 0.99), function(level) {
    score <- suppressWarnings(prop.test(p[1], p[2], conf.level = level, correct = FALSE))$conf.int
    exact <- binom.test(p[1], p[2], conf.level = level)$conf.int
    data.frame(successes = p[1], n = p[2], confidence = level, wilson_low = score[1],
               wilson_high = score[2], exact_low = exact[1], exact_high = exact[2])
  }))
}))

# Means over clusters of 1 to 5 items: a regression on a constant with clustered errors, HC0, and
# G / (G - 1); t with G - 1 degrees.
set.seed(20251021)
clustered <- lapply(c(4, 10, 40), function(groups) {
  cluster <- rep(seq_len(groups), times = rep(1:5, length.out = groups))
  value <- pnorm(rnorm(groups)[cluster] + rnorm(length(cluster)))
  fit <- lm(value ~ 1)
  error <- sqrt(vcovCL(fit, cluster = cluster, type = "HC0", cadjust = TRUE)[1, 1])
  half <- qt(0.975, groups - 1) * error
  # The score interval with this error: n_eff = p (1 - p) / error^2, t for z.
  p <- mean(value)
  n <- p * (1 - p) / error^2
  t <- qt(0.975, groups - 1)
  score <- (p + t^2 / (2 * n) + c(-1, 1) * t * sqrt(p * (1 - p) / n + t^2 / (4 * n^2))) / (1 + t^2 / n)
  list(values = value, clusters = paste0("c", cluster), low = p - half, high = p + half,
       score_low = score[1], score_high = score[2])
})

# BCa of a ratio: sums of 30 clusters, a skewed numerator.
rows <- data.frame(x = round(rexp(30), 6), y = rep(1:5, 6))
ratio <- function(d, i) sum(d$x[i]) / sum(d$y[i])
drawn <- boot(rows, ratio, R = 199999)
found <- boot.ci(drawn, conf = c(0.9, 0.95), type = c("perc", "bca"))
influence <- empinf(drawn, type = "jack")
influence <- influence - mean(influence)  # empinf centres at the estimate; Efron, and SciPy, at their mean
bca <- list(rows = as.matrix(rows), estimate = drawn$t0,
            acceleration = sum(influence^3) / (6 * sum(influence^2)^1.5),
            percentile90 = found$percent[1, 4:5], percentile95 = found$percent[2, 4:5],
            bca90 = found$bca[1, 4:5], bca95 = found$bca[2, 4:5])

# The parts by their formulas, from replicates of which some equal the estimate.
replicates <- round(0.5 + 0.1 * rnorm(399), 2)
estimate <- 0.52
z0 <- qnorm((sum(replicates < estimate) + 0.5 * sum(replicates == estimate)) / 399)
levels <- do.call(rbind, lapply(list(c(z0, 0.05), c(z0, -0.2), c(-0.5, 0.1), c(0, 0)), function(k) {
  z <- qnorm(0.975)
  low <- pnorm(k[1] + (k[1] - z) / (1 - k[2] * (k[1] - z)))
  high <- pnorm(k[1] + (k[1] + z) / (1 - k[2] * (k[1] + z)))
  data.frame(z0 = k[1], acceleration = k[2], z = z, low = low, high = high,
             low_end = quantile(replicates, low, names = FALSE, type = 7),
             high_end = quantile(replicates, high, names = FALSE, type = 7))
}))

# The jackknife within strata of 5, 12 and 3 rows: the others of the stratum are weighed n / (n - 1).
# Davison and Hinkley 1997, section 5.4, with influence l / n; degrees by Satterthwaite.
strata <- c(5, 12, 3)
stratum <- rep(1:3, strata)
table <- cbind(x = round(rexp(20), 6), y = rep(1:4, 5))
weighted_ratio <- function(w) sum(w * table[, "x"]) / sum(w * table[, "y"])
left_out <- sapply(1:20, function(i) {
  n <- strata[stratum[i]]
  w <- ifelse(stratum == stratum[i], n / (n - 1), 1)
  w[i] <- 0
  weighted_ratio(w)
})
size <- strata[stratum]
part <- (size - 1) / size * (ave(left_out, stratum) - left_out)
plain <- tapply(part^2, stratum, sum)
unbiased <- plain * strata / (strata - 1)
stratified <- list(rows = table, strata = strata, error = sqrt(sum(unbiased)),
                   inflation = sqrt(sum(unbiased) / sum(plain)),
                   degrees = sum(unbiased)^2 / sum(unbiased^2 / (strata - 1)),
                   acceleration = sum(part^3) / (6 * sum(part^2)^1.5))

cat(toJSON(list(program = "R with boot, sandwich",
                version = paste(getRversion(), packageVersion("boot"), packageVersion("sandwich")),
                proportions = proportions, clustered = clustered, bca = bca,
                replicates = replicates, estimate = estimate, z0 = z0, levels = levels,
                stratified = stratified),
           digits = I(17), auto_unbox = TRUE, pretty = FALSE), "\n", sep = "")
