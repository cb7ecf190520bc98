# Bradley-Terry: without ties by BradleyTerry2::BTm, errors by sandwich::vcovCL over items; with ties
# (Davidson 1970) the log-likelihood written out here, maximised by optim and polished by Newton
# steps with numerical derivatives, errors from its scores, summed by item.
library(BradleyTerry2)
library(sandwich)
library(jsonlite)
set.seed(33)

strength <- c(0.8, 0.3, 0, -0.4, -0.7)
draw <- function(items, tie) {
  rows <- list()
  for (item in seq_len(items)) for (k in 1:4) {
    pair <- sample(5, 2)
    s <- strength[pair]
    weight <- c(exp(s), if (is.na(tie)) 0 else exp(tie + mean(s)))
    rows[[length(rows) + 1]] <- c(pair - 1, sample(0:2, 1, prob = weight), item)
  }
  as.data.frame(do.call(rbind, rows), col.names = NULL)
}
columns <- function(d) { names(d) <- c("first", "second", "preferred", "item"); d }
centre <- diag(5) - 1 / 5

# Without ties.
d <- columns(draw(80, NA))
name <- function(k) factor(k, levels = 0:4)
games <- data.frame(one = name(d$first), two = name(d$second), won = as.integer(d$preferred == 0))
bt <- BTm(cbind(won, 1 - won), one, two, data = games)
s <- c(0, coef(bt))
design <- sapply(1:4, function(k) (d$first == k) - (d$second == k))
plain <- glm(games$won ~ design - 1, family = binomial, epsilon = 1e-14)
v <- matrix(0, 5, 5)
v[2:5, 2:5] <- vcovCL(plain, cluster = d$item, type = "HC0", cadjust = TRUE)
no_ties <- list(rows = as.matrix(unname(d)), strengths = s - mean(s),
                errors = sqrt(diag(centre %*% v %*% centre)), log_likelihood = as.numeric(logLik(plain)))

# With ties.
d <- columns(draw(120, -0.3))
one_log <- function(p, d) {
  s <- c(0, p[1:4])
  a <- s[d$first + 1]; b <- s[d$second + 1]; t <- p[5] + (a + b) / 2
  ifelse(d$preferred == 0, a, ifelse(d$preferred == 1, b, t)) - log(exp(a) + exp(b) + exp(t))
}
loss <- function(p) -sum(one_log(p, d))
fit <- optim(rep(0, 5), loss, method = "BFGS", control = list(reltol = 1e-15, maxit = 1000))
p <- fit$par
score <- function(p) {  # a row a comparison; differences of fourth order
  h <- 1e-3
  sapply(1:5, function(k) {
    e <- replace(rep(0, 5), k, h)
    (one_log(p - 2 * e, d) - 8 * one_log(p - e, d) + 8 * one_log(p + e, d) - one_log(p + 2 * e, d)) / (12 * h)
  })
}
hessian <- function(p) {
  h <- 1e-3
  sapply(1:5, function(k) {
    e <- replace(rep(0, 5), k, h)
    g <- function(q) colSums(score(q))
    (g(p - 2 * e) - 8 * g(p - e) + 8 * g(p + e) - g(p + 2 * e)) / (12 * h)
  })
}
for (i in 1:5) p <- p - solve(hessian(p), colSums(score(p)))
by_item <- rowsum(score(p), d$item)
bread <- solve(hessian(p))
g <- nrow(by_item)
v <- g / (g - 1) * bread %*% crossprod(by_item) %*% bread
full <- matrix(0, 5, 5)
full[2:5, 2:5] <- v[1:4, 1:4]
s <- c(0, p[1:4])
ties <- list(rows = as.matrix(unname(d)), strengths = s - mean(s), tie = p[5],
             errors = sqrt(diag(centre %*% full %*% centre)), log_likelihood = -loss(p))

document <- list(program = "BradleyTerry2::BTm, sandwich::vcovCL, optim",
                 version = paste("BradleyTerry2", packageVersion("BradleyTerry2"), "sandwich",
                                 packageVersion("sandwich"), R.version.string),
                 no_ties = no_ties, ties = ties)
write(toJSON(document, auto_unbox = TRUE, digits = NA), "preference.json")
cat(max(abs(colSums(score(p)))), p, "\n")
