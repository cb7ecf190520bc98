// Samples and datasets for tests: one small graph of facts, and a sample of it for any task.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libstareval/base/digest.h"
#include "libstareval/data/dataset.h"
#include "tests/support/make_png.h"
#include "tests/support/temp_folder.h"

namespace stareval::testing {

// France and Spain, their capitals, and one border: 4 entities, 2 relations, 3 triples, 1 picture.
inline Graph small_graph() {
  return {{{"France", true}, {"Paris", false}, {"Spain", false}, {"Madrid", false}},
          {{"France", "capital", "Paris"},
           {"Spain", "capital", "Madrid"},
           {"France", "borders", "Spain"}}};
}

inline Sample count_sample(const std::string& id, const std::string& task = "EC") {
  Sample sample;
  sample.id = id;
  sample.task = task;
  sample.question = "How many are there?";
  sample.gold = CountGold{4};
  sample.graph = small_graph();
  sample.rationale = "France, Paris, Spain and Madrid: 4.";
  sample.cluster = id;
  sample.split = "test";
  return sample;
}

// Put a picture into `folder` for the sample.
inline void add_picture(Sample& sample, const std::filesystem::path& folder,
                        std::uint32_t width = 8, std::uint32_t height = 6) {
  const std::string bytes = make_png(width, height, static_cast<char>(sample.id.back()));
  const std::string path = "images/" + sample.id + ".png";
  write_bytes(folder / path, bytes);
  sample.images.push_back({path, sha256(bytes), static_cast<int>(width), static_cast<int>(height)});
}

// In memory: no pictures, nothing on disk.
inline Dataset make_dataset(std::vector<Sample> samples, std::filesystem::path folder = "nowhere") {
  Dataset dataset;
  dataset.name = "little";
  dataset.version = "1";
  dataset.split = "test";
  dataset.folder = std::move(folder);
  dataset.samples = std::move(samples);
  dataset.digest = dataset_digest(dataset.samples);
  return dataset;
}

}  // namespace stareval::testing
