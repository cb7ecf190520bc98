// Small dense systems of linear equations, row-major.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace stareval {

// The inverse by Gauss-Jordan with partial pivoting; nothing where a pivot is below 1e-12 of the
// largest entry. matrix: size x size. Cost: size^3.
[[nodiscard]] inline std::optional<std::vector<double>> inverse(std::vector<double> matrix,
                                                                std::size_t size) {
  std::vector<double> result(size * size, 0.0);
  for (std::size_t i = 0; i < size; ++i) result[i * size + i] = 1.0;
  double largest = 0;
  for (const double entry : matrix) largest = std::max(largest, std::abs(entry));
  for (std::size_t column = 0; column < size; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column; row < size; ++row)
      if (std::abs(matrix[row * size + column]) > std::abs(matrix[pivot * size + column]))
        pivot = row;
    if (!(std::abs(matrix[pivot * size + column]) > 1e-12 * largest)) return std::nullopt;
    for (std::size_t k = 0; k < size; ++k) {
      std::swap(matrix[pivot * size + k], matrix[column * size + k]);
      std::swap(result[pivot * size + k], result[column * size + k]);
    }
    const double scale = 1.0 / matrix[column * size + column];
    for (std::size_t k = 0; k < size; ++k) {
      matrix[column * size + k] *= scale;
      result[column * size + k] *= scale;
    }
    for (std::size_t row = 0; row < size; ++row) {
      const double factor = matrix[row * size + column];
      if (row == column || factor == 0.0) continue;
      for (std::size_t k = 0; k < size; ++k) {
        matrix[row * size + k] -= factor * matrix[column * size + k];
        result[row * size + k] -= factor * result[column * size + k];
      }
    }
  }
  return result;
}

// matrix (rows x vector.size()) times vector.
[[nodiscard]] inline std::vector<double> product(const std::vector<double>& matrix,
                                                 const std::vector<double>& vector) {
  std::vector<double> result(matrix.size() / vector.size(), 0.0);
  for (std::size_t row = 0; row < result.size(); ++row)
    for (std::size_t k = 0; k < vector.size(); ++k)
      result[row] += matrix[row * vector.size() + k] * vector[k];
  return result;
}

}  // namespace stareval
