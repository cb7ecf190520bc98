// What the tests of this folder share: random scenes, small PNG files, and a reader of PNG bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/draw/bitmap.h"
#include "engine/draw/cairo_internal.h"
#include "engine/draw/scene.h"
#include "libstareval/base/random.h"
#include "tests/support/temp_folder.h"

namespace stareval::engine::draw_testing {

// A flag of three stripes and a disc, as a PNG file.
inline void write_flag(const std::string& path, int width, int height, std::uint64_t seed) {
  Random random(seed);
  const SurfacePtr surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  const CairoPtr cairo(cairo_create(surface.get()));
  for (int stripe = 0; stripe < 3; ++stripe) {
    const double red = random.uniform();
    const double green = random.uniform();
    cairo_set_source_rgb(cairo.get(), red, green, random.uniform());
    cairo_rectangle(cairo.get(), 0.0, stripe * height / 3.0, width, height / 3.0 + 1.0);
    cairo_fill(cairo.get());
  }
  cairo_set_source_rgb(cairo.get(), 1.0, 0.9, random.uniform());
  cairo_arc(cairo.get(), width / 2.0, height / 2.0, height / 4.0, 0.0, 6.2832);
  cairo_fill(cairo.get());
  cairo_surface_write_to_png(surface.get(), path.c_str());
}

// The flags that random scenes show; made once, and gone with the process.
inline const std::vector<std::string>& flags() {
  static const testing::TempFolder folder;
  static const std::vector<std::string> paths = [] {
    constexpr std::array<std::array<int, 2>, 5> kSizes = {
        {{96, 64}, {96, 72}, {96, 48}, {72, 72}, {60, 84}}};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
      out.push_back(folder / ("flag" + std::to_string(i) + ".png"));
      write_flag(out.back(), kSizes[i][0], kSizes[i][1], i);
    }
    return out;
  }();
  return paths;
}

inline std::string random_name(Random& random) {
  static const std::vector<std::string> names = {"Peru",
                                                 "Chad",
                                                 "Iran",
                                                 "Türkiye",
                                                 "Côte d'Ivoire",
                                                 "São Tomé and Príncipe",
                                                 "Lima",
                                                 "Western European and Others Group",
                                                 "Dominican Republic",
                                                 "Spanish",
                                                 "Åland Islands",
                                                 "South Georgia and the South Sandwich Islands",
                                                 "Euro",
                                                 "?????",
                                                 "Łódź",
                                                 "Antananarivo",
                                                 "West African CFA franc",
                                                 "Papua New Guinea",
                                                 "New Zealand Sign Language",
                                                 "Qatar",
                                                 "Москва",
                                                 "Ελλάδα",
                                                 "Bosnia and Herzegovina",
                                                 "Middle Africa",
                                                 "Bern",
                                                 "Swahili"};
  return random.pick(names);
}

inline std::string random_relation(Random& random) {
  static const std::vector<std::string> names = {"capital",  "borders",           "located in",
                                                 "currency", "official language", "UN group",
                                                 "?????",    "part of",           "has"};
  return random.pick(names);
}

// A connected scene as graphs of countries give them: a tree, some more links, links in both
// directions, now and then parallels and self-loops.
inline Scene random_scene(Random& random, int nodes) {
  Scene scene;
  for (int v = 0; v < nodes; ++v) {
    SceneNode node{random_name(random), {}};
    if (random.chance(0.5)) node.image_path = random.pick(flags());
    scene.nodes.push_back(node);
    if (v == 0) continue;
    const int other = static_cast<int>(random.below(static_cast<std::size_t>(v)));
    const bool out = random.chance(0.5);
    scene.edges.push_back({out ? v : other, out ? other : v, random_relation(random)});
  }
  const auto any = [&] { return static_cast<int>(random.below(scene.nodes.size())); };
  for (int more = random.between(0, nodes / 2); more > 0; --more) {
    const int a = any();
    const int b = any();
    if (a != b) scene.edges.push_back({a, b, random_relation(random)});
  }
  for (std::size_t e = scene.edges.size(); e-- > 0;)
    if (random.chance(0.12))
      scene.edges.push_back({scene.edges[e].to, scene.edges[e].from, random_relation(random)});
  if (random.chance(0.25)) {
    const SceneEdge twin = scene.edges.empty() ? SceneEdge{0, 0, ""} : scene.edges.front();
    scene.edges.push_back({twin.from, twin.to, random_relation(random)});
  }
  if (random.chance(0.2)) {
    const int a = any();
    scene.edges.push_back({a, a, random_relation(random)});
  }
  return scene;
}

// Decodes PNG bytes with Cairo's reader; an empty bitmap where they are not a PNG.
inline Bitmap read_png(const std::string& bytes) {
  struct Source {
    const std::string* bytes;
    std::size_t at;
  } source{&bytes, 0};
  const auto read = [](void* closure, unsigned char* data, unsigned int size) {
    auto& from = *static_cast<Source*>(closure);
    if (from.at + size > from.bytes->size()) return CAIRO_STATUS_READ_ERROR;
    from.bytes->copy(reinterpret_cast<char*>(data), size, from.at);
    from.at += size;
    return CAIRO_STATUS_SUCCESS;
  };
  const SurfacePtr surface(cairo_image_surface_create_from_png_stream(read, &source));
  Bitmap bitmap;
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return bitmap;
  bitmap.width = cairo_image_surface_get_width(surface.get());
  bitmap.height = cairo_image_surface_get_height(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  for (int y = 0; y < bitmap.height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(data + y * stride);
    bitmap.pixels.insert(bitmap.pixels.end(), row, row + bitmap.width);
  }
  return bitmap;
}

}  // namespace stareval::engine::draw_testing
