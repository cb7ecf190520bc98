# Variance components of crossed factors: balanced by lme4 (REML, which is the analysis of variance
# where no component is negative) and by aov; unbalanced by Henderson's method I, written out here with matrices:
# the expected value of y'Qy is the sum of variance * trace(Q Z Z').
library(lme4)
library(jsonlite)
set.seed(44)

draw <- function(cells, sd) {
  effects <- lapply(seq_along(sd), function(k) rnorm(max(cells[, k]) + 1, 0, sd[k]))
  value <- 3 + rnorm(nrow(cells), 0, 0.5)
  for (k in seq_along(sd)) value <- value + effects[[k]][cells[, k] + 1]
  value
}
henderson <- function(cells, y) {
  n <- length(y)
  z <- lapply(seq_len(ncol(cells)), function(k) model.matrix(~ 0 + factor(cells[, k])))
  onto <- function(m) m %*% solve(crossprod(m)) %*% t(m)
  ones <- onto(matrix(1, n))
  forms <- c(lapply(z, function(m) onto(m) - ones), list(diag(n) - ones))
  covariances <- c(lapply(z, tcrossprod), list(diag(n)))
  expected <- t(sapply(forms, function(q) sapply(covariances, function(v) sum(q * v))))
  solve(expected, sapply(forms, function(q) drop(t(y) %*% q %*% y)))
}
case <- function(cells, sd) {
  cells <- as.matrix(cells)
  y <- draw(cells, sd)
  list(levels = unname(cells), values = y, estimates = henderson(cells, y))
}

balanced <- case(expand.grid(item = 0:19, seed = 0:4), c(1, 0.6))
d <- data.frame(y = balanced$values, item = factor(balanced$levels[, 1]), seed = factor(balanced$levels[, 2]))
ms <- summary(aov(y ~ item + seed, d))[[1]][["Mean Sq"]]
balanced$aov <- c((ms[1] - ms[3]) / 5, (ms[2] - ms[3]) / 20, ms[3])
fit <- lmer(y ~ (1 | item) + (1 | seed), d, control = lmerControl(optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-14)))
balanced$reml <- c(as.data.frame(VarCorr(fit))$vcov[match(c("item", "seed", "Residual"), as.data.frame(VarCorr(fit))$grp)])

all <- expand.grid(item = 0:14, seed = 0:3, prompt = 0:2)
unbalanced <- case(all[sort(sample(nrow(all), 110, replace = TRUE)), ], c(1, 0.4, 0.7))
flat <- case(expand.grid(item = 0:9, seed = 0:2), c(1, 0))  # a negative estimate for this seed

document <- list(program = "lme4::lmer, aov, matrices", version = paste("lme4", packageVersion("lme4"), R.version.string),
                 balanced = balanced, unbalanced = unbalanced, negative = flat)
write(toJSON(document, auto_unbox = TRUE, digits = NA), "variance_split.json")
print(balanced[3:5]); print(unbalanced$estimates); print(flat$estimates)
