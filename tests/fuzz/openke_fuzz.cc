// OpenKE: the input is cut at its NUL bytes into the lists of entities and relations, two files of
// triples, and names.
#include <cstddef>
#include <cstdint>

#include "engine/graph/openke.h"
#include "tests/fuzz/graph_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stareval::engine;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  OpenKeTexts texts;
  texts.entities = next_text(rest, "entity2id.txt");
  texts.relations = next_text(rest, "relation2id.txt");
  texts.triples = {next_text(rest, "train2id.txt")};
  texts.triples.push_back(next_text(rest, "valid2id.txt"));
  if (!rest.empty()) texts.names = SourceText{"entity2text.txt", rest};
  GraphBuilder builder("openke", size % 2 == 0);
  read_openke(texts, builder);
  check_result(builder);
  return 0;
}
