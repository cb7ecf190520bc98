// A picture of a knowledge graph, read by classical vision: boxes, letters, lines, arrow heads.
// Knows nothing but pixels: no lexicon, no names of a dataset.
// Thread  a PictureReader is for one thread at a time; make one for each. make() sets OpenCV to one
//         thread, in the whole process (cv::setNumThreads), as readers work side by side.
// Output  the same for the same bytes.
#pragma once

#include <memory>
#include <string_view>

#include "backends/reader/read_graph.h"
#include "libstareval/base/result.h"

namespace stareval::reader {

class PictureReader {
 public:
  // Errors  io: the data of the text recogniser cannot be loaded.
  [[nodiscard]] static Result<PictureReader> make();

  ~PictureReader();
  PictureReader(PictureReader&&) noexcept;
  PictureReader& operator=(PictureReader&&) noexcept;

  // `bytes`: of a PNG, JPEG or WebP file. A picture without a graph gives an empty graph.
  // Errors  bad_data: no picture that can be decoded; more than 40 megapixels, 20,000 on a side or
  //         32 MiB; more than 200 boxes, 200 labels or 5,000 letters; hatching and noise.
  //         io: memory is short.
  // Cost    about 75 ms for 1024 x 768 with 8 nodes; 0.6 GB of memory for 40 megapixels.
  [[nodiscard]] Result<ReadGraph> read(std::string_view bytes);

 private:
  struct Parts;
  explicit PictureReader(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace stareval::reader
