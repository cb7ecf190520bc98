# Cohen's kappa with the large-sample variance of Fleiss, Cohen, Everitt 1969. Not the variances of
# the weighted ones: those of psych 2.2.9 differ from that formula, which statsmodels follows.
library(psych)
library(jsonlite)
set.seed(21)
case <- function(n, noise) {
  truth <- sample(1:4, n, replace = TRUE, prob = c(4, 3, 2, 1))
  rate <- function() ifelse(runif(n) < noise, sample(1:4, n, replace = TRUE), truth)
  ratings <- cbind(rate(), rate())
  kappa <- cohen.kappa(ratings, levels = 1:4)
  list(first = ratings[, 1], second = ratings[, 2], value = kappa$kappa,
       variance = kappa$var.kappa, quadratic = kappa$weighted.kappa)
}
document <- list(program = "psych::cohen.kappa",
                 version = paste("psych", packageVersion("psych"), R.version.string),
                 cases = list(case(50, 0.3), case(200, 0.6)))
write(toJSON(document, auto_unbox = TRUE, digits = NA), "agreement_psych.json")
