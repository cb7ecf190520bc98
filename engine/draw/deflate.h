// A zlib stream (RFC 1950, RFC 1951) of the rows of a drawing. Drawings are mostly background, so
// that most bytes equal the one before or the one above; these are found first, by words, and only
// the rest goes through a table of hashes. On drawings, faster than libdeflate at its level 1, and
// denser than at its level 6.
// Thread  any number at once; each keeps memory of five times the longest input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stareval::engine {

// Appends the stream to `out`. `stride` is the length of a row in bytes, which must be at least 1;
// bytes need not be a whole number of rows.
// Cost    about 1 ms for a drawing of a megabyte.
void deflate_rows(std::string_view bytes, std::size_t stride, std::string& out);

}  // namespace stareval::engine
